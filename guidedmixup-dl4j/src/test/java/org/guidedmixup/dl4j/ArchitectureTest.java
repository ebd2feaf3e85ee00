package org.guidedmixup.dl4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.guidedmixup.dl4j.gallery.MixupGallery;
import org.guidedmixup.dl4j.manifold.ManifoldPlan;
import org.guidedmixup.dl4j.opencv.OpenCvSaliency;
import org.guidedmixup.dl4j.spark.SparkMixup;
import org.guidedmixup.testing.Architecture;
import org.junit.jupiter.api.Test;

/** What packages of this module may use. */
class ArchitectureTest {
    private static final JavaClasses DL4J = Architecture.classesOf("org.guidedmixup.dl4j");

    private static final List<String> TOP_DOWN = List.of(
            "org.guidedmixup.dl4j.spark",
            "org.guidedmixup.dl4j.samediff",
            "org.guidedmixup.dl4j.manifold",
            "org.guidedmixup.dl4j.gallery",
            "org.guidedmixup.dl4j.picture",
            "org.guidedmixup.dl4j",
            "org.guidedmixup.dl4j.saliency",
            "org.guidedmixup.dl4j.opencv",
            "org.guidedmixup.dl4j.session");

    @Test
    void packagesUseThoseBelowThem() {
        Architecture.topDown(TOP_DOWN).check(DL4J);
    }

    @Test
    void packagesHaveNoCycles() {
        Architecture.noPackageCycles().check(DL4J);
    }

    @Test
    void signaturesNameNoInternalType() {
        Architecture.noInternalTypesInSignatures().check(DL4J);
    }

    /** RepeatedEpochs looks at a few values of a batch, and the gallery is looked at. */
    @Test
    void nothingIsReadElementByElement() {
        Architecture.noElementAccess(
                        belongToAnyOf(RepeatedEpochs.class).or(resideInAPackage("org.guidedmixup.dl4j.gallery")))
                .check(DL4J);
    }

    /** Whoever uses core's internals stands here: they change without notice, and this module with them. */
    @Test
    void internalsOfCoreAreUsedByFew() {
        List<String> users = List.of(
                MixupDataSetIterator.class.getName(),
                MixupMultiDataSetIterator.class.getName(),
                MixupGallery.class.getPackageName() + ".GalleryRow",
                ManifoldPlan.class.getName(),
                OpenCvSaliency.class.getName(),
                SparkMixup.class.getName());
        assertEquals(users, Architecture.usersOfInternals(DL4J));
    }

    @Test
    void nothingOfTheBench() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.guidedmixup.bench..")
                .check(DL4J);
    }

    /** Spark is the user's own, for one package alone. */
    @Test
    void sparkInItsPackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.guidedmixup.dl4j.spark")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .check(DL4J);
    }

    /** OpenCV is for who asks for it. */
    @Test
    void openCvInItsPackageAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.guidedmixup.dl4j.opencv")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.opencv..")
                .check(DL4J);
    }

    /** Users of SameDiff need not have Deeplearning4j. */
    @Test
    void sameDiffWithoutDeeplearning4j() {
        noClasses()
                .that()
                .resideInAnyPackage("org.guidedmixup.dl4j.samediff", "org.guidedmixup.dl4j.session")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..")
                .check(DL4J);
    }
}

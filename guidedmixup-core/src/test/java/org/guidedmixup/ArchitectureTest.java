package org.guidedmixup;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import org.guidedmixup.pairing.OptimalPairing;
import org.guidedmixup.testing.Architecture;
import org.junit.jupiter.api.Test;

/** The rules on what packages of this module may use. */
class ArchitectureTest {
    private static final JavaClasses CORE = Architecture.classesOf("org.guidedmixup");

    private static final List<String> TOP_DOWN = List.of(
            "org.guidedmixup.method.*..", // methods of several files
            "org.guidedmixup.method",
            "org.guidedmixup",
            "org.guidedmixup.plan",
            "org.guidedmixup.mask",
            "org.guidedmixup.pairing",
            "org.guidedmixup.saliency.spectral",
            "org.guidedmixup.saliency",
            "org.guidedmixup.tile",
            "org.guidedmixup.filter",
            "org.guidedmixup.image",
            Architecture.INTERNAL);

    @Test
    void packagesUseThoseBelowThem() {
        Architecture.topDown(TOP_DOWN).check(CORE);
    }

    @Test
    void methodsDoNotUseEachOther() {
        slices().matching("org.guidedmixup.method.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        Architecture.noPackageCycles().check(CORE);
    }

    @Test
    void signaturesNameNoInternalType() {
        Architecture.noInternalTypesInSignatures().check(CORE);
    }

    @Test
    void nothingIsReadElementByElement() {
        Architecture.noElementAccess(DescribedPredicate.alwaysFalse()).check(CORE);
    }

    @Test
    void arraysAreAllItNeeds() {
        // Apache Commons Math comes with ND4J.
        DescribedPredicate<JavaClass> arrays =
                resideInAnyPackage("org.guidedmixup..", "org.nd4j..", "org.apache.commons.math3..", "java..");
        classes()
                .that()
                .doNotBelongToAnyOf(OptimalPairing.class)
                .should()
                .onlyDependOnClassesThat(arrays)
                .check(CORE);
        classes()
                .that()
                .belongToAnyOf(OptimalPairing.class)
                .should()
                .onlyDependOnClassesThat(arrays.or(resideInAPackage("org.jgrapht..")))
                .check(CORE);
    }

    @Test
    void noOtherModuleNoBackendAndNoFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.guidedmixup.dl4j..",
                        "org.guidedmixup.bench..",
                        "org.nd4j.linalg.cpu..",
                        "org.nd4j.linalg.jcublas..",
                        "java.nio.file..")
                .check(CORE);
    }

    @Test
    void noConsole() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    }
}

package org.guidedmixup.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.guidedmixup.bench.jmh.MinimumCutBenchmark;
import org.guidedmixup.testing.Architecture;
import org.junit.jupiter.api.Test;

/** Rules on what the packages of this module may use. */
class ArchitectureTest {
    private static final JavaClasses BENCH =
            // The code that JMH generates.
            Architecture.classesOf("org.guidedmixup.bench")
                    .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("..jmh_generated..")));

    private static final String[] FOUNDATIONS = {
        "org.guidedmixup.bench.data..",
        "org.guidedmixup.bench.model..",
        "org.guidedmixup.bench.training..",
        "org.guidedmixup.bench.io.."
    };

    @Test
    void packagesHaveNoCycles() {
        Architecture.noPackageCycles().check(BENCH);
    }

    /** Commands and experiments use data, networks and training, which know nothing of them. */
    @Test
    void foundationsUseEachOtherAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(FOUNDATIONS)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.guidedmixup.bench..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(FOUNDATIONS)))
                .check(BENCH);
    }

    /** Lists every class that uses core's internals. */
    @Test
    void internalsOfCoreAreUsedByFew() {
        assertEquals(List.of(MinimumCutBenchmark.class.getName()), Architecture.usersOfInternals(BENCH));
    }
}

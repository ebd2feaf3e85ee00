package org.guidedmixup.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Rules on packages that several modules share. */
public final class Architecture {
    /** Packages of core that are not API. */
    public static final String INTERNAL = "org.guidedmixup.internal..";

    private static final DescribedPredicate<JavaClass> IS_INTERNAL =
            JavaClass.Predicates.resideInAPackage(INTERNAL).as("internal");

    private Architecture() {}

    /**
     * Returns the classes of a package and all packages below it, without test classes. Only the names of the classes they use
     * are resolved.
     */
    public static JavaClasses classesOf(String packageName) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            // Thousands of classes whose contents no rule needs.
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    // The jar of this package.
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages(packageName);
        });
    }

    /**
     * Requires that packages use only those after them in the list, and that every class is in one of them.
     *
     * @param packages patterns: {@code a.b} is that package, {@code a.b..} includes those below it, {@code a.b.*..} is only
     *     those below it
     */
    public static ArchRule topDown(List<String> packages) {
        Architectures.LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (String layer : packages) {
            layers = layers.layer(layer).definedBy(layer);
        }
        for (int i = 0; i < packages.size(); i++) {
            List<String> below = packages.subList(i + 1, packages.size());
            layers = below.isEmpty()
                    ? layers.whereLayer(packages.get(i)).mayNotAccessAnyLayer()
                    : layers.whereLayer(packages.get(i)).mayOnlyAccessLayers(below.toArray(String[]::new));
        }
        return layers;
    }

    /** Forbids cycles of packages; each package is a slice without those below it. */
    public static ArchRule noPackageCycles() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return SliceIdentifier.of(javaClass.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    /** Requires that the visible API names no internal type, which users could not name either. */
    public static ArchRule noInternalTypesInSignatures() {
        return classes()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .and(DescribedPredicate.describe("can be seen from other packages", Architecture::visible))
                .should(nameNoInternalType());
    }

    /** Forbids access to single elements of arrays outside the given classes: on a GPU each would wait for the device. */
    public static ArchRule noElementAccess(DescribedPredicate<JavaClass> but) {
        Set<String> arrays = Set.of("org.nd4j.linalg.api.ndarray.INDArray", "org.nd4j.linalg.api.buffer.DataBuffer");
        Set<String> elements =
                Set.of("getDouble", "getFloat", "getInt", "getLong", "getNumber", "getScalar", "put", "putScalar");
        return noClasses()
                .that(DescribedPredicate.not(but))
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "one element of an array is read or written",
                        call -> arrays.contains(call.getTargetOwner().getName())
                                && elements.contains(call.getTarget().getName())));
    }

    /** Returns the top-level classes outside core's internal packages that use them, in alphabetical order. */
    public static List<String> usersOfInternals(JavaClasses classes) {
        return classes.stream()
                .filter(javaClass -> !IS_INTERNAL.test(javaClass))
                .filter(javaClass -> javaClass.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> IS_INTERNAL.test(dependency.getTargetClass())))
                .map(javaClass -> topLevel(javaClass).getName())
                .sorted()
                .distinct()
                .toList();
    }

    private static JavaClass topLevel(JavaClass javaClass) {
        return javaClass.getEnclosingClass().map(Architecture::topLevel).orElse(javaClass);
    }

    private static boolean visible(JavaClass javaClass) {
        return visible(javaClass.getModifiers())
                && javaClass.getEnclosingClass().map(Architecture::visible).orElse(true);
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static ArchCondition<JavaClass> nameNoInternalType() {
        return new ArchCondition<>("name no internal type in a public or protected signature") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                report(javaClass, supertypesAndParameters(javaClass), javaClass.getDescription(), events);
                // Inherited ones too: a superclass may itself be hidden.
                Stream.concat(javaClass.getAllFields().stream(), codeUnits(javaClass))
                        .filter(member -> visible(member.getModifiers()))
                        .filter(member -> !IS_INTERNAL.test(member.getOwner()))
                        .forEach(member -> report(javaClass, named(member), member.getDescription(), events));
            }
        };
    }

    private static Stream<JavaCodeUnit> codeUnits(JavaClass javaClass) {
        return Stream.concat(javaClass.getAllMethods().stream(), javaClass.getConstructors().stream());
    }

    private static Stream<JavaType> supertypesAndParameters(JavaClass javaClass) {
        Stream<JavaType> own = Stream.concat(
                javaClass.getTypeParameters().stream(),
                Stream.concat(javaClass.getInterfaces().stream(), javaClass.getSuperclass().stream()));
        Stream<JavaType> inherited =
                Stream.concat(javaClass.getAllRawSuperclasses().stream(), javaClass.getAllRawInterfaces().stream());
        return Stream.concat(own, inherited);
    }

    private static Stream<? extends JavaType> named(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        Stream<JavaTypeVariable<? extends JavaCodeUnit>> variables =
                unit.getTypeParameters().stream().map(variable -> variable);
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        variables,
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }

    private static void report(JavaClass seen, Stream<? extends JavaType> types, String where, ConditionEvents events) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .filter(IS_INTERNAL)
                .distinct()
                .forEach(type -> events.add(SimpleConditionEvent.violated(
                        seen, where + " names " + type.getName() + " " + seen.getSourceCodeLocation())));
    }
}

package dev.banking.loadtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.banking.loadtests",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_THE_SYSTEM_FROM_OUTSIDE_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.banking.loadtests", "java..", "org.jspecify..", "tools.jackson..")
          .because("a check that shares code with what it checks shares its mistakes");

  @ArchTest
  static final ArchRule ONLY_THE_PROGRAM_IS_PUBLIC =
      classes()
          .that()
          .arePublic()
          .should()
          .haveSimpleName("LoadTest")
          .because("make load-test is all that others use");
}

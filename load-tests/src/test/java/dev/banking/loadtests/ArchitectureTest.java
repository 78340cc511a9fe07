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
              "dev.banking.loadtests..",
              "java..",
              "org.jspecify..",
              "tools.jackson..",
              "com.zaxxer.hikari",
              "com.sun.net.httpserver",
              "javax.sql")
          .because("a check that shares code with what it checks shares its mistakes");

  @ArchTest
  static final ArchRule ONLY_PROGRAMS_ARE_PUBLIC =
      classes()
          .that()
          .arePublic()
          .and()
          .resideInAnyPackage(
              "dev.banking.loadtests",
              "dev.banking.loadtests.bench",
              "dev.banking.loadtests.dashboards",
              "dev.banking.loadtests.model",
              "dev.banking.loadtests.textbook")
          .should()
          .haveNameMatching(
              ".*\\.(LoadTest|Bench|Soak|DashboardsCheck|ScalingModel|TextbookServer"
                  + "|LoadTestException|EnvFile)")
          .because("these are the programs behind make; nobody else uses anything here");

  @ArchTest
  static final ArchRule THE_TEXTBOOK_IS_ON_ITS_OWN =
      classes()
          .that()
          .resideInAPackage("dev.banking.loadtests.textbook")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.banking.loadtests.textbook",
              "java..",
              "javax.sql",
              "org.jspecify..",
              "com.zaxxer.hikari",
              "com.sun.net.httpserver")
          .because("it is compared with the system, and must not share its ways");
}

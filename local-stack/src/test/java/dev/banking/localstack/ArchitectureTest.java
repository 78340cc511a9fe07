package dev.banking.localstack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.banking.localstack",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule KNOWS_NO_APPLICATION =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.banking.localstack..",
              "java..",
              "org.jspecify..",
              "org.slf4j",
              "org.tukaani.xz",
              "org.apache.commons.compress..",
              "org.testcontainers..",
              "com.github.dockerjava.api..")
          .because("it starts the applications' jars and knows them from outside only");

  @ArchTest
  static final ArchRule BACKENDS_DO_NOT_KNOW_THE_RUN =
      noClasses()
          .that()
          .resideInAPackage("dev.banking.localstack")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.banking.localstack.run");

  @ArchTest
  static final ArchRule ONLY_TESTS_USE_CONTAINERS =
      noClasses()
          .that()
          .doNotHaveSimpleName("Container")
          .and()
          .doNotHaveSimpleName("NoWait")
          .and()
          .doNotHaveSimpleName("Containers")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.testcontainers..", "com.github.dockerjava..")
          .because("the jar of make run leaves Testcontainers out");
}

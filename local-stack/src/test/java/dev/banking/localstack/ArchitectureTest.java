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
              "org.apache.commons.compress..")
          .because("it starts the applications' jars and knows them from outside only");

  @ArchTest
  static final ArchRule BACKENDS_DO_NOT_KNOW_THE_RUN =
      noClasses()
          .that()
          .resideInAPackage("dev.banking.localstack")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.banking.localstack.run");
}

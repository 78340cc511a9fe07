package dev.banking.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;

@AnalyzeClasses(packages = "dev.banking.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.banking.api.(*)..")
          .should()
          .beFreeOfCycles()
          .because("the arrows go from account to lane, ledger, idempotency, outbox and cache");

  @ArchTest
  static final ArchRule WHAT_IS_USED_KNOWS_NO_USER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..lane..", "..ledger..", "..idempotency..", "..outbox..", "..cache..", "..replica..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.banking.api.account..",
              "dev.banking.api.user..",
              "dev.banking.api.http..",
              "dev.banking.api.security..")
          .because("account reads top to bottom; nothing calls it back");

  @ArchTest
  static final ArchRule LANES_KNOW_NO_MONEY =
      classes()
          .that()
          .resideInAPackage("..lane..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.banking.api.lane..",
              "java..",
              "jakarta.validation..",
              "org.jspecify..",
              "org.slf4j..",
              "org.springframework.boot.context.properties..",
              "org.springframework.validation.annotation..")
          .because("a lane is a queue and a thread, and must be testable as such");

  @ArchTest
  static final ArchRule ENTITIES_STAY_IN_ACCOUNT =
      noClasses()
          .that()
          .resideOutsideOfPackages("..account..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.persistence..")
          .because("JPA is for the account alone");

  @ArchTest
  static final ArchRule NO_FIELD_INJECTION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Autowired.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Value.class)
          .because("a constructor says what a class needs, a properties record what it is told");

  @ArchTest
  static final ArchRule SETTINGS_ARE_RECORDS =
      classes()
          .that()
          .areAnnotatedWith(ConfigurationProperties.class)
          .should()
          .beRecords()
          .andShould()
          .haveSimpleNameEndingWith("Properties")
          .because("settings do not change while the process runs");

  @ArchTest
  static final ArchRule CONTROLLERS_START_NO_TRANSACTION =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .notBeAnnotatedWith("org.springframework.transaction.annotation.Transactional")
          .because("transactions begin in few, named places");
}

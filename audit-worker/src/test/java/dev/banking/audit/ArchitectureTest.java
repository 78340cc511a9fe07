package dev.banking.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.banking.audit",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule BOOK_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("..book..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..inbox..", "..http..", "org.springframework.amqp..", "com.rabbitmq..")
          .because("the book is the same whoever brings the events");

  @ArchTest
  static final ArchRule COMMANDS_RUN_WITHOUT_THE_WORKER =
      noClasses()
          .that()
          .resideInAnyPackage("..audit.command..", "..audit.parked..", "..audit.hold..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..inbox..", "..book..", "org.springframework..")
          .because("a command works when the worker does not start");

  @ArchTest
  static final ArchRule VERIFICATION_SHARES_NOTHING_WITH_THE_WRITER =
      noClasses()
          .that()
          .resideInAnyPackage("..audit.verify..", "..audit.stored..", "..audit.export..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..inbox..", "..book..")
          .because("a mistake of the one must not hide in the other");

  @ArchTest
  static final ArchRule SEALS_STAND_ALONE =
      noClasses()
          .that()
          .resideInAPackage("..audit.seal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.springframework..", "org.postgresql..")
          .because("what is signed does not depend on where it is kept");

  @ArchTest
  static final ArchRule RECONCILIATION_ASKS_THE_TABLES =
      noClasses()
          .that()
          .resideInAPackage("..audit.reconcile..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..inbox..", "..book..", "..parked..", "org.springframework.amqp..")
          .because("the check shares no code with what it checks");

  @ArchTest
  static final ArchRule HTTP_KNOWS_NO_BROKER =
      noClasses()
          .that()
          .resideInAPackage("..http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..inbox..", "org.springframework.amqp..", "com.rabbitmq..")
          .because("pages answer whether or not the broker does");

  @ArchTest
  static final ArchRule OTHER_APPLICATIONS_ARE_FAR_AWAY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(
              "dev.banking.api..", "dev.banking.notification..", "dev.banking.localstack..")
          .because("the workers share the events of common and nothing else");

  @ArchTest
  static final ArchRule LITTLE_IS_PUBLIC =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("AuditWorker")
          .and()
          .doNotHaveSimpleName("Tracing")
          .and()
          .doNotHaveSimpleName("BatchTrace")
          .and()
          .doNotHaveSimpleName("Book")
          .and()
          .doNotHaveSimpleName("ChainCheck")
          .and()
          .doNotHaveSimpleName("ChainVerdict")
          .and()
          .doNotHaveSimpleName("Hash")
          .and()
          .doNotHaveSimpleName("Received")
          .and()
          .doNotHaveSimpleName("Verdict")
          .and()
          .doNotHaveSimpleName("InboxProperties")
          .and()
          .doNotHaveSimpleName("ReconcileProperties")
          .and()
          .doNotHaveSimpleName("TomcatErrors")
          .and()
          .doNotHaveSimpleName("ErrorReply")
          .and()
          .doNotHaveSimpleName("RequestId")
          .and()
          .doNotHaveSimpleName("CheckpointProperties")
          .and()
          .doNotHaveSimpleName("VerifyProperties")
          .and()
          .doNotHaveSimpleName("Verification")
          .and()
          .doNotHaveSimpleName("RetentionFlyway")
          .and()
          .doNotHaveSimpleName("RetentionProperties")
          .and()
          .doNotHaveSimpleName("SecurityProperties")
          .and()
          .doNotHaveSimpleName("SettingException")
          .and()
          .doNotHaveSimpleName("BadInputException")
          .and()
          .doNotHaveSimpleName("NotThereException")
          .and()
          .doNotHaveSimpleName("Repeated")
          .and()
          .doNotHaveSimpleName("BookExport")
          .and()
          .doNotHaveSimpleName("MonthExport")
          .and()
          .doNotHaveSimpleName("StatementExport")
          .and()
          .doNotHaveSimpleName("Show")
          .and()
          .doNotHaveSimpleName("Line")
          .and()
          .doNotHaveSimpleName("Bars")
          .and()
          .doNotHaveSimpleName("package-info")
          .and()
          .resideOutsideOfPackages(
              "..audit.command..", "..audit.seal..", "..audit.stored..", "..audit.review..")
          .and()
          .haveSimpleNameNotEndingWith("Command")
          .should()
          .notHaveModifier(JavaModifier.PUBLIC)
          .because("what is public is promised: list it here on purpose");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("tests set the clock");
}

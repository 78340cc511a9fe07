package dev.banking.notification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.banking.notification",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule HAS_NO_CYCLES =
      slices()
          .matching("dev.banking.notification.(*)..")
          .should()
          .beFreeOfCycles()
          .because("the code is read from the queue to the channel");

  @ArchTest
  static final ArchRule STORE_KNOWS_NO_ONE =
      noClasses()
          .that()
          .resideInAPackage("..notification.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..notification.inbox..", "..notification.delivery..", "org.springframework.amqp..")
          .because("the table does not care where a row comes from");

  @ArchTest
  static final ArchRule DELIVERY_KNOWS_NO_BROKER =
      noClasses()
          .that()
          .resideInAPackage("..notification.delivery..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..notification.inbox..", "org.springframework.amqp..", "com.rabbitmq..")
          .because("a slow channel must not be able to block the queue");

  @ArchTest
  static final ArchRule COMMANDS_RUN_WITHOUT_THE_WORKER =
      noClasses()
          .that()
          .resideInAnyPackage("..notification.command..", "..notification.parked..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..notification.inbox..",
              "..notification.store..",
              "..notification.delivery..",
              "org.springframework..")
          .because("a command works when the worker does not start");

  @ArchTest
  static final ArchRule INBOX_IS_PRIVATE =
      classes()
          .that()
          .resideInAnyPackage("..notification.inbox..", "..notification.http..")
          .and()
          .areTopLevelClasses()
          .should()
          .notHaveModifier(JavaModifier.PUBLIC)
          .because("nobody calls the inbox or the web page from inside");

  @ArchTest
  static final ArchRule ONLY_THESE_ARE_PUBLIC =
      classes()
          .that()
          .haveModifier(JavaModifier.PUBLIC)
          .and()
          .areTopLevelClasses()
          .should()
          .haveNameMatching(
              ".*\\.(NotificationWorker|Notification|Notifications|Claimed|AttemptResult"
                  + "|SettingException|ChannelBreaker|DeliveryChannel|Tracing|BatchTrace"
                  + "|DeliveryFailedException"
                  + "|DispatchLoop"
                  + "|ParkedCommand|CommandFailedException|ExitCode|Options|RunningSystem)")
          .because("what is public is a promise to another package");

  @ArchTest
  static final ArchRule TIME_IS_INJECTED =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("tests set the clock");
}

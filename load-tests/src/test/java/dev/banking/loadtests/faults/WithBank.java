package dev.banking.loadtests.faults;

import dev.banking.loadtests.bank.Bank;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A class of faults. All share one bank; the table is printed when the last one has ended. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("faults")
@ExtendWith(WithBank.Provider.class)
@interface WithBank {

  /** Gives the bank to the tests that ask for it. */
  final class Provider implements ParameterResolver, AfterTestExecutionCallback {

    private record Shared(Bank bank) implements AutoCloseable {

      @Override
      public void close() throws IOException {
        FaultTable.print();
        bank.close();
      }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws InterruptedException {
      FaultRun.endTraffic();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Bank.class;
    }

    @Override
    public Bank resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(WithBank.class))
          .computeIfAbsent(Shared.class, _ -> start(), Shared.class)
          .bank();
    }

    private static Shared start() {
      try {
        return new Shared(Bank.start(Path.of(".."), Path.of("target", "faults.log")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

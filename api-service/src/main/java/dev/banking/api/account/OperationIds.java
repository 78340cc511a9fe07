package dev.banking.api.account;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** UUIDv7 (RFC 9562): unique without a central counter, and close together in an index. */
public final class OperationIds {

  private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private OperationIds() {}

  /** The next id; later ones sort after earlier ones. */
  public static UUID next() {
    return GENERATOR.generate();
  }
}

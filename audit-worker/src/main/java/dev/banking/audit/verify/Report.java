package dev.banking.audit.verify;

import dev.banking.audit.seal.Cut;
import org.jspecify.annotations.Nullable;

/**
 * What a verification looked at, and what it found.
 *
 * @param position the last that was read
 * @param ledgerEntries null when the ledger was not compared
 * @param begin after which the book begins; null when nothing was dropped
 */
record Report(
    long entries,
    long position,
    long checkpoints,
    @Nullable Long ledgerEntries,
    @Nullable Cut begin,
    Findings findings) {

  boolean isSound() {
    return findings.total() == 0;
  }

  /** For people: what was read, what was found, the verdict. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append("entries %d, up to position %d\n".formatted(entries, position));
    if (begin != null) {
      text.append(
          "begins after position %d: cut %d, signed %s, dropped what was written before %s\n"
              .formatted(begin.position(), begin.number(), begin.createdAt(), begin.before()));
    }
    text.append("checkpoints %d\n".formatted(checkpoints));
    text.append(
        ledgerEntries == null
            ? "the ledger was not compared\n"
            : "ledger entries %d\n".formatted(ledgerEntries));
    for (var kind : Kind.values()) {
      append(text, kind);
    }
    return text.append(
            isSound()
                ? "The book is sound.\n"
                : "THE BOOK IS NOT SOUND: %d findings.\n".formatted(findings.total()))
        .toString();
  }

  private void append(StringBuilder text, Kind kind) {
    var count = findings.count(kind);
    if (count == 0) {
      return;
    }
    text.append("%s: %d (%s)\n".formatted(kind.word(), count, kind.meaning()));
    for (var finding : findings.named()) {
      if (finding.kind() == kind) {
        var detail = finding.detail().isEmpty() ? "" : ": " + finding.detail();
        text.append("  ").append(finding.place()).append(detail).append('\n');
      }
    }
    if (count > Findings.NAMED) {
      text.append("  … and %d more\n".formatted(count - Findings.NAMED));
    }
  }
}

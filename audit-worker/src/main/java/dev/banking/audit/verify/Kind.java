package dev.banking.audit.verify;

import java.util.Locale;

/** What can be wrong. Lower case, it is what the command, the metrics and the export say. */
enum Kind {
  LINK_BROKEN("the entry is not chained to the one before it"),
  CONTENT_DIFFERS("the entry is not what was hashed when it was written"),
  ENTRY_MISSING("no entry has this position, though later ones do"),
  TAIL_CUT("the book ends before its head or a signed checkpoint says it does"),
  HEAD_DIFFERS("the head of the chain names another last entry"),
  CHECKPOINT_DIFFERS("the checkpoint and the book do not agree, or the checkpoint was changed"),
  CHECKPOINT_MISSING("no checkpoint has this number, though later ones or copies do"),
  CUT_DIFFERS("the cut at the beginning of the book, or what it says of the dropped, was changed"),
  CUT_MISSING("no cut has this number, though later ones do"),
  SIGNATURE_WRONG("the signature is not one of our key's: somebody else signed"),
  SEQUENCE_MISSING("the ledger has the change, the book does not"),
  SEQUENCE_TWICE("the book has the change twice"),
  LEDGER_DIFFERS("book and ledger do not say the same about the change"),
  LEDGER_MISSING("the book has the change, the ledger does not"),
  LEDGER_GAP("the ledger itself has no such sequence, though later ones");

  private final String meaning;

  Kind(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  /** For machines. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

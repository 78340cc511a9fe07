package dev.banking.audit.book;

/** An entry in its place in the chain. */
record Link(Entry entry, Hash previous, Hash hash) {

  static Link of(Hash previous, Entry entry) {
    return new Link(entry, previous, previous.then(entry.canonicalBytes()));
  }
}

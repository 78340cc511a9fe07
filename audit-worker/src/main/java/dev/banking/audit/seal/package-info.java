/**
 * What is signed and proven: the tree over the entries, checkpoints, keys.
 *
 * <p>Promises: the bytes of docs/audit-format.md, with the JDK's Ed25519 and SHA-256 and nothing
 * else. Does not: know a database, or where a key comes from but a file.
 */
@NullMarked
package dev.banking.audit.seal;

import org.jspecify.annotations.NullMarked;

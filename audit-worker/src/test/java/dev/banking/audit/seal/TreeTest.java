package dev.banking.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition in RFC 9162, written down as it stands there. */
class TreeTest {

  private final Tree tree = new Tree();

  @Test
  void hasTheRootOfTheDefinitionAtEverySize() {
    var hashes = hashes(700);
    var frontier = new Frontier();
    for (var size = 0; size < hashes.size(); size++) {
      assertThat(frontier.root()).as("of %d", size).isEqualTo(root(hashes.subList(0, size)));
      var again = Frontier.of(size, frontier.toBytes());
      assertThat(again.root()).isEqualTo(frontier.root());
      again.append(hashes.get(size));
      var block = frontier.append(hashes.get(size));
      assertThat(again.root()).isEqualTo(frontier.root());
      if ((size + 1) % Frontier.BLOCK == 0) {
        assertThat(block).isEqualTo(root(hashes.subList(size + 1 - Frontier.BLOCK, size + 1)));
      } else {
        assertThat(block).isNull();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 255, 256, 257, 511, 512, 513, 1_000, 1_025})
  void provesEveryEntryAndNothingElse(int size) {
    var hashes = hashes(size);
    var blocks =
        IntStream.range(0, size / Frontier.BLOCK)
            .mapToObj(n -> root(hashes.subList(n * Frontier.BLOCK, (n + 1) * Frontier.BLOCK)))
            .toList();
    var proofs =
        new ProofTree(
            size, blocks, (after, count) -> hashes.subList((int) after, (int) after + count));
    var root = root(hashes);
    for (var position = 1; position <= size; position++) {
      var hash = hashes.get(position - 1);
      var path = proofs.path(position);
      assertThat(Inclusion.leadsTo(root, size, position, hash, path)).isTrue();
      assertThat(Inclusion.leadsTo(root, size, position % size + 1, hash, path))
          .isEqualTo(size == 1);
      assertThat(Inclusion.leadsTo(root, size, position, root, path)).isFalse();
      assertThat(Inclusion.leadsTo(hash, size, position, hash, path)).isFalse();
      var longer = new ArrayList<>(path);
      longer.add(root);
      assertThat(Inclusion.leadsTo(root, size, position, hash, longer)).isFalse();
      if (!path.isEmpty()) {
        assertThat(Inclusion.leadsTo(root, size, position, hash, path.subList(1, path.size())))
            .isFalse();
      }
    }
    assertThat(Inclusion.leadsTo(root, size, 0, root, List.of())).isFalse();
    assertThat(Inclusion.leadsTo(root, size, size + 1, root, List.of())).isFalse();
  }

  @Test
  void refusesAFrontierOfAnotherSize() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Frontier.of(3, new byte[32]));
  }

  private byte[] root(List<byte[]> hashes) {
    if (hashes.isEmpty()) {
      return Tree.sha256().digest();
    }
    if (hashes.size() == 1) {
      return tree.leaf(hashes.getFirst());
    }
    var k = Integer.highestOneBit(hashes.size() - 1);
    return tree.node(root(hashes.subList(0, k)), root(hashes.subList(k, hashes.size())));
  }

  private static List<byte[]> hashes(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            n -> Tree.sha256().digest(Integer.toString(n).getBytes(StandardCharsets.US_ASCII)))
        .toList();
  }
}

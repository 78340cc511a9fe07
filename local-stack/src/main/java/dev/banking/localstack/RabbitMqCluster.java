package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Three private RabbitMQ nodes of the machine's package that are one cluster. Each can be taken
 * away and brought back; the port mapper that they find each other by outlives them.
 */
public final class RabbitMqCluster implements AutoCloseable {

  /** How many nodes it has, and each queue copies. */
  public static final int SIZE = 3;

  private final Path folder;
  private final LogSink log;
  private final int epmdPort = Ports.free();
  private final List<RabbitMq> nodes = new ArrayList<>();
  private @Nullable LocalProcess epmd;

  /**
   * A queue as the cluster sees it.
   *
   * @param type {@code quorum}, {@code classic}
   * @param leader the number of the node that leads it; 0 while there is none
   * @param members how many nodes have a copy
   * @param online how many of those are there
   */
  public record QueueState(String type, int leader, int members, int online) {}

  /**
   * Makes no process yet.
   *
   * @param folder keeps the data; only one cluster may use it at a time
   * @param log hears what the nodes print
   */
  public RabbitMqCluster(Path folder, LogSink log) {
    this.folder = folder.toAbsolutePath();
    this.log = log;
    try {
      Files.createDirectories(this.folder);
      var cookie = Secrets.kept(this.folder.resolve("cookie"));
      var passwords = new Passwords(this.folder);
      for (var number = 1; number <= SIZE; number++) {
        nodes.add(make(number, cookie, passwords));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder, e);
    }
  }

  private RabbitMq make(int number, String cookie, Passwords passwords) throws IOException {
    var home = Files.createDirectories(folder.resolve("node-" + number));
    List<String> peers = number == 1 ? List.of() : List.of(nameOf(1), nameOf(number));
    var node = new RabbitMqNode(nameOf(number), epmdPort, cookie, peers);
    LogSink ours = (source, line) -> log.line(source + "-" + number, line);
    var port = Ports.free();
    var program = new RabbitMqProgram(node, home, port, 0, passwords, ours);
    return new RabbitMq(port, program, passwords, program::control);
  }

  private static String nameOf(int number) {
    return "banking-" + number + "@localhost";
  }

  /**
   * Starts all that do not run and waits until they answer. One after the other: the first begins
   * the cluster, alone, and the others find it there.
   *
   * @throws BackendException when one cannot be started: why, and what it said
   */
  public synchronized void start() {
    if (epmd == null || !epmd.isRunning()) {
      epmd = RabbitMqProgram.startEpmd(folder, epmdPort, log);
    }
    nodes.forEach(RabbitMq::start);
  }

  /**
   * One of them.
   *
   * @param number from 1
   */
  public RabbitMq node(int number) {
    return nodes.get(number - 1);
  }

  /** All addresses, separated by commas, with user and password. */
  public String url() {
    return nodes.stream().map(RabbitMq::url).collect(Collectors.joining(","));
  }

  /**
   * What a node that runs says of a queue; empty if there is none of this name.
   *
   * @throws BackendException when no node can be asked
   */
  public Optional<QueueState> queue(String name) {
    var question =
        List.of("--silent", "list_queues", "name", "type", "leader", "members", "online");
    return anyRunning()
        .control(question)
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(words -> words.length == 5 && words[0].equals(name))
        .map(words -> new QueueState(words[1], leader(words[2]), count(words[3]), count(words[4])))
        .findFirst();
  }

  private RabbitMq anyRunning() {
    return nodes.stream()
        .filter(RabbitMq::isRunning)
        .findFirst()
        .orElseThrow(() -> new BackendException("No node of the cluster runs"));
  }

  private static int leader(String name) {
    return IntStream.rangeClosed(1, SIZE)
        .filter(number -> nameOf(number).equals(name))
        .findFirst()
        .orElse(0);
  }

  /** Of a list of node names. */
  private static int count(String names) {
    return (int) names.chars().filter(character -> character == '@').count();
  }

  /** Stops all for good; the data stays. */
  @Override
  public synchronized void close() {
    nodes.reversed().forEach(RabbitMq::close);
    if (epmd != null) {
      epmd.stop();
    }
  }
}

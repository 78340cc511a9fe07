package dev.banking.loadtests.bank;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.banking.localstack.Ports;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A network between an application and PostgreSQL that can be bad in the ways that networks are,
 * and worst exactly around COMMIT.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">PostgreSQL's
 *     message formats</a>
 */
public final class PostgresProxy implements AutoCloseable {

  private static final int SSL_REQUEST = 80_877_103;
  private static final String INSERT = "INSERT INTO banking.";
  private static final byte[] COMMITTED = "COMMIT\0".getBytes(US_ASCII);

  /** What the network does to everything. */
  public enum Network {
    GOOD,
    /** Replies are late. */
    SLOW,
    /** Connections are cut and refused. */
    CUT,
    /** Requests arrive, replies do not. */
    NO_REPLIES,
    /** Nothing arrives, and nobody is told. */
    HALF_OPEN
  }

  /** What happens to the next commits; each costs its connection. */
  public enum CommitFault {
    NONE,
    /** It is executed, its reply is lost. */
    REPLY_LOST,
    /** The same to one that wrote events, and from then on all connections are cut and refused. */
    REPLY_LOST_FOR_GOOD,
    /** The same to one that wrote to the ledger, and not refusals alone. */
    CHANGE_LOST_FOR_GOOD,
    /** It is lost itself. */
    REQUEST_LOST,
    /** The client's side is cut, and the COMMIT arrives at the server a second later. */
    REQUEST_LATE
  }

  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration SLOW_REPLY = Duration.ofMillis(20);

  private final int target;
  private final ServerSocket server;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faultsLeft = new AtomicInteger();
  private volatile Network network = Network.GOOD;
  private volatile CommitFault commitFault = CommitFault.NONE;

  PostgresProxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 256);
    Thread.ofVirtual().name("postgres-proxy").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Changes the network for what is connected and for what will be. */
  public void become(Network next) {
    network = next;
    if (next == Network.CUT || next == Network.GOOD) {
      // What was half open stays broken: the bytes that were lost do not come back.
      links.stream().filter(link -> next == Network.CUT || link.lossy).forEach(Link::close);
    }
  }

  /** Breaks the next so many commits. */
  public void breakCommits(CommitFault fault, int times) {
    commitFault = fault;
    faultsLeft.set(times);
  }

  /** How many of them are still to come. */
  public int commitsToBreak() {
    return Math.max(0, faultsLeft.get());
  }

  /** Whether the server's connection from this local port is one of ours. */
  public boolean isOurs(int localPort) {
    return links.stream().anyMatch(link -> link.upstream.getLocalPort() == localPort);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        if (network == Network.CUT) {
          client.close();
        } else {
          connect(client);
        }
      } catch (IOException _) {
        // The target is away, or we are closing: the client finds out by itself.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      var link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
      links.add(link);
      // Not virtual: they would wait for a carrier behind a thousand clients, and a network that
      // grows slower with the load is no yardstick.
      Thread.ofPlatform().daemon().start(() -> link.carry(link::requests));
      Thread.ofPlatform().daemon().start(() -> link.carry(link::replies));
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private boolean takeFault(CommitFault fault) {
    return commitFault == fault && faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::close);
  }

  private interface Carrying {
    void carry() throws IOException;
  }

  /** One connection and its other half. */
  private final class Link implements Closeable {

    private final Socket client;
    private final Socket upstream;
    private volatile boolean lossy;
    private volatile String commitStatement = "?";

    /** The tables into which prepared statements insert. */
    private final Map<String, String> inserts = new ConcurrentHashMap<>();

    /** The tables into which the transaction has inserted. */
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    Link(Socket client, Socket upstream) throws IOException {
      this.client = client;
      this.upstream = upstream;
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
    }

    void carry(Carrying direction) {
      try (this) {
        direction.carry();
      } catch (IOException _) {
        // One side is gone: so is the other.
      }
    }

    void requests() throws IOException {
      var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
      for (var code = SSL_REQUEST; code == SSL_REQUEST; ) {
        var length = in.readInt();
        var startup = ByteBuffer.allocate(length).putInt(length);
        in.readFully(startup.array(), 4, length - 4);
        code = startup.getInt(4);
        forward(startup.array());
      }
      while (true) {
        var type = in.readByte();
        var length = in.readInt();
        var message = ByteBuffer.allocate(length + 1).put(type).putInt(length);
        in.readFully(message.array(), 5, length - 4);
        request((char) type, message.array());
      }
    }

    private void request(char type, byte[] message) throws IOException {
      noticeInsert(type, message);
      if (isCommit(type, message)) {
        if (takeFault(CommitFault.REQUEST_LOST)) {
          throw new IOException("lost");
        }
        if (takeFault(CommitFault.REQUEST_LATE)) {
          // Reading goes on: what follows in the same packet belongs to the COMMIT.
          client.shutdownOutput();
          LockSupport.parkNanos(LATE.toNanos());
        }
      }
      forward(message);
    }

    /** The driver prepares COMMIT once, and names the prepared statement from then on. */
    private boolean isCommit(char type, byte[] message) {
      if (type != 'P' && type != 'B' && type != 'Q') {
        return false;
      }
      var words = words(message);
      if (type == 'P' && words.length > 1 && words[1].equals("COMMIT")) {
        commitStatement = words[0];
      }
      return switch (type) {
        case 'B' -> words.length > 1 && words[1].equals(commitStatement);
        case 'Q' -> words[0].equals("COMMIT");
        default -> false;
      };
    }

    /** The relay, whose commits carry no money, deletes events and inserts none. */
    private void noticeInsert(char type, byte[] message) {
      if (type != 'P' && type != 'B') {
        return;
      }
      var words = words(message);
      if (type == 'P' && words.length > 1) {
        inserts.remove(words[0]);
        if (words[1].startsWith(INSERT)) {
          inserts.put(words[0], words[1].substring(INSERT.length()).split("\\s", 2)[0]);
        }
      }
      if (type == 'B' && words.length > 1 && inserts.containsKey(words[1])) {
        written.add(inserts.get(words[1]));
      }
    }

    private static String[] words(byte[] message) {
      return new String(message, 5, message.length - 5, US_ASCII).split("\0", 3);
    }

    private void forward(byte[] bytes) throws IOException {
      if (network == Network.HALF_OPEN) {
        lossy = true;
      } else {
        upstream.getOutputStream().write(bytes);
      }
    }

    void replies() throws IOException {
      var buffer = new byte[64 * 1024];
      var in = upstream.getInputStream();
      for (var read = in.read(buffer); read > 0; read = in.read(buffer)) {
        if (contains(buffer, read, COMMITTED)) {
          loseReply();
          written.clear();
        }
        if (network == Network.SLOW) {
          LockSupport.parkNanos(SLOW_REPLY.toNanos());
        }
        if (network == Network.NO_REPLIES || network == Network.HALF_OPEN) {
          lossy = true;
        } else {
          client.getOutputStream().write(buffer, 0, read);
        }
      }
    }

    private void loseReply() throws IOException {
      if (takeFault(CommitFault.REPLY_LOST)) {
        throw new IOException("lost");
      }
      var events = written.contains("outbox");
      var entries = written.contains("ledger_entry");
      if ((events && takeFault(CommitFault.REPLY_LOST_FOR_GOOD))
          || (entries && takeFault(CommitFault.CHANGE_LOST_FOR_GOOD))) {
        become(Network.CUT);
        throw new IOException("lost");
      }
    }

    @Override
    public void close() {
      links.remove(this);
      try (client;
          upstream) {
        // Closed in any case.
      } catch (IOException _) {
        // So be it.
      }
    }
  }

  private static boolean contains(byte[] buffer, int length, byte[] wanted) {
    for (var start = 0; start + wanted.length <= length; start++) {
      var end = start + wanted.length;
      if (Arrays.equals(buffer, start, end, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}

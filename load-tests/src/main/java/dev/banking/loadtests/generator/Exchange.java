package dev.banking.loadtests.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One kept connection with at most one request on its way. */
final class Exchange implements AutoCloseable {

  /** The answer is not complete. */
  static final int PENDING = 0;

  /** The connection is gone, or said what is no HTTP. */
  static final int BROKEN = -1;

  private static final int LONGEST_ANSWER = 64 * 1024;

  private final InetSocketAddress address;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_ANSWER);
  private SocketChannel channel;
  private boolean isWaiting;
  private long dueNanos;

  Exchange(URI base, Selector selector) throws IOException {
    this.address = new InetSocketAddress(base.getHost(), base.getPort());
    this.selector = selector;
    this.channel = open();
  }

  private SocketChannel open() throws IOException {
    var opened = SocketChannel.open(address);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, this);
    return opened;
  }

  /** Again, after the connection broke. */
  void connect() throws IOException {
    channel.close();
    isWaiting = false;
    channel = open();
  }

  /** False when the connection is gone; the request was not sent then. */
  boolean send(byte[] request, long dueNanos) {
    this.dueNanos = dueNanos;
    this.isWaiting = true;
    buffer.clear();
    var bytes = ByteBuffer.wrap(request);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  boolean isWaiting() {
    return isWaiting;
  }

  long dueNanos() {
    return dueNanos;
  }

  /**
   * Reads what has come: the status of a complete answer, or {@link #PENDING}, or {@link #BROKEN}.
   */
  int receive() {
    try {
      if (channel.read(buffer) < 0 || !isWaiting || !buffer.hasRemaining()) {
        return BROKEN;
      }
    } catch (IOException _) {
      return BROKEN;
    }
    var status = HttpAnswer.statusOfComplete(buffer.array(), buffer.position());
    isWaiting = status == PENDING;
    return status;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

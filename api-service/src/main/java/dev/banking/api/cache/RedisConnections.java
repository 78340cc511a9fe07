package dev.banking.api.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.flush.FlushConsolidationHandler;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * One connection for reads, one for writes, one for the counters of rate limits. Redis may be away
 * when the process starts: until it is there all are null. Once connected, the client reconnects by
 * itself, and refuses commands meanwhile instead of collecting them.
 */
@Component
public class RedisConnections {

  private static final Logger log = LoggerFactory.getLogger(RedisConnections.class);

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisClient writingClient;
  private final ScheduledExecutorService connector =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("redis-connector").daemon().factory());
  private volatile @Nullable StatefulRedisConnection<String, String> reader;
  private volatile @Nullable StatefulRedisConnection<String, String> writer;
  private volatile @Nullable StatefulRedisConnection<byte[], byte[]> counters;
  private volatile @Nullable EventLoop writersLoop;
  private boolean saidAway;

  RedisConnections(CacheProperties properties) {
    var ofReaders =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(50), properties.retryInterval(), 2, TimeUnit.MILLISECONDS))
            .nettyCustomizer(new SentTogether())
            .build();
    var uri =
        RedisURI.builder()
            .withHost(properties.host())
            .withPort(properties.port())
            .withTimeout(properties.timeout());
    if (!properties.password().isEmpty()) {
      uri.withPassword(properties.password().toCharArray());
    }
    // Shares the threads; the last of them is the one to shut down.
    resources = ofReaders.mutate().nettyCustomizer(new ToldOfLoop()).build();
    client = client(ofReaders, uri.build(), properties);
    writingClient = client(resources, uri.build(), properties);
    var _ =
        connector.scheduleWithFixedDelay(
            this::connect, 0, properties.retryInterval().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static RedisClient client(
      ClientResources resources, RedisURI uri, CacheProperties properties) {
    var client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(properties.maxQueued())
            .socketOptions(
                SocketOptions.builder().connectTimeout(properties.connectTimeout()).build())
            .build());
    return client;
  }

  /** What many readers ask in the same moment goes to Redis, and comes back, in one piece. */
  private static final class SentTogether implements NettyCustomizer {

    @Override
    public void afterChannelInitialized(Channel channel) {
      channel
          .pipeline()
          .addFirst(
              new FlushConsolidationHandler(
                  FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }
  }

  /** Learns which thread carries the writer's commands to its socket, also after a reconnect. */
  private final class ToldOfLoop implements NettyCustomizer {

    @Override
    public void afterChannelInitialized(Channel channel) {
      writersLoop = channel.eventLoop();
    }
  }

  /** For reads; null until Redis was first reached. */
  @Nullable StatefulRedisConnection<String, String> reader() {
    return reader;
  }

  /** For writes: commands leave with {@code flushCommands()}, a batch at a time. */
  @Nullable StatefulRedisConnection<String, String> writer() {
    return writer;
  }

  /**
   * Completes when this thread's commands to the writer, flushed before, have been written to its
   * socket, as far as that takes them.
   */
  CompletableFuture<Void> sent() {
    var sent = new CompletableFuture<Void>();
    var loop = writersLoop;
    try {
      if (loop != null) {
        // It works in the order of arrival, and flushing is work for it too.
        loop.execute(() -> sent.complete(null));
        return sent;
      }
    } catch (RejectedExecutionException _) {
      // The process ends; nobody is to wait for that.
    }
    sent.complete(null);
    return sent;
  }

  /** For counters; null until Redis was first reached. */
  public @Nullable StatefulRedisConnection<byte[], byte[]> counters() {
    return counters;
  }

  private void connect() {
    try {
      if (counters == null) {
        counters = client.connect(ByteArrayCodec.INSTANCE);
      }
      if (reader == null) {
        reader = client.connect(StringCodec.ASCII);
      }
      var forWrites = writingClient.connect(StringCodec.ASCII);
      forWrites.setAutoFlushCommands(false);
      writer = forWrites;
      log.info("Connected to Redis");
      connector.shutdown();
    } catch (RedisException e) {
      if (!saidAway) {
        log.warn("Redis is away, reads go to PostgreSQL: {}", e.toString());
        saidAway = true;
      }
    }
  }

  @PreDestroy
  void close() {
    connector.shutdownNow();
    client.shutdown(0, 1_000, TimeUnit.MILLISECONDS);
    writingClient.shutdown(0, 1_000, TimeUnit.MILLISECONDS);
    var _ = resources.shutdown(0, 1_000, TimeUnit.MILLISECONDS);
  }
}

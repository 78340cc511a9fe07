package dev.banking.localstack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.PortBinding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * A server as a Docker container. Testcontainers makes it and takes it away, also when this JVM is
 * killed. In between it is stopped and started as it is: the same container, with its data, on the
 * same port of 127.0.0.1.
 */
final class Container implements Launcher, Running {

  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final int KEPT_LINES = 40;

  private final GenericContainer<?> container;
  private final String name;
  private final int port;
  private final Duration grace;

  /**
   * Makes no container yet.
   *
   * @param name also the container's host name
   * @param port on this machine
   * @param innerPort in the container
   * @param grace how long the server may take to end, in whole seconds; then it is killed
   */
  Container(String name, GenericContainer<?> container, int port, int innerPort, Duration grace) {
    this.name = name;
    this.port = port;
    this.grace = grace;
    var binding = PortBinding.parse("127.0.0.1:" + port + ":" + innerPort);
    this.container =
        container
            .waitingFor(new NoWait())
            .withCreateContainerCmdModifier(command -> {
              command.withHostName(name).withExposedPorts(binding.getExposedPort());
              Objects.requireNonNull(command.getHostConfig()).withPortBindings(binding);
            });
  }

  @Override
  public Running launch() {
    Ports.requireFree(name, port, "");
    try {
      if (container.getContainerId() == null) {
        container.start();
      } else {
        client().startContainerCmd(container.getContainerId()).exec();
      }
      return this;
    } catch (RuntimeException e) {
      throw new BackendException("Docker cannot start " + name + ": " + rootCause(e), e);
    }
  }

  /**
   * Runs a command inside, as a user of the container.
   *
   * @return what it said
   * @throws BackendException when it fails: what it said
   */
  String run(String user, List<String> command) {
    var program = command.getFirst();
    try {
      var result =
          container.execInContainer(
              ExecConfig.builder().user(user).command(command.toArray(String[]::new)).build());
      if (result.getExitCode() != 0) {
        throw new BackendException(program + " failed:\n" + result.getStderr());
      }
      return result.getStdout();
    } catch (IOException e) {
      throw new BackendException(program + " failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(program + " was interrupted", e);
    }
  }

  @Override
  public long pid() {
    return -1;
  }

  @Override
  public boolean isRunning() {
    try {
      var state = client().inspectContainerCmd(container.getContainerId()).exec().getState();
      return Boolean.TRUE.equals(state.getRunning());
    } catch (NotFoundException _) {
      return false;
    }
  }

  @Override
  public void stop() {
    end(() ->
        client()
            .stopContainerCmd(container.getContainerId())
            .withTimeout((int) grace.toSeconds())
            .exec());
  }

  @Override
  public void kill() {
    end(() -> client().killContainerCmd(container.getContainerId()).exec());
  }

  /** Docker gives the port back a moment later. */
  private void end(Runnable how) {
    if (isRunning()) {
      try {
        how.run();
      } catch (NotModifiedException | NotFoundException _) {
        // It ended by itself in the meantime.
      }
    }
    Waiting.until(END_LIMIT, () -> !isRunning() && Ports.isFree(port));
  }

  @Override
  public void discard() {
    container.stop();
  }

  @Override
  public String lastLines() {
    var lines = container.getLogs().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - KEPT_LINES), lines.size()));
  }

  private DockerClient client() {
    return container.getDockerClient();
  }

  private static String rootCause(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** {@link Server#start} waits, and knows better what an answer is. */
  private static final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}
  }
}

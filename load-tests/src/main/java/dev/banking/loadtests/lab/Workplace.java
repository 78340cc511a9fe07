package dev.banking.loadtests.lab;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.system.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;

/**
 * The folder of a run and all that was started in it: ends with the program, also by Ctrl-C, in the
 * reverse order.
 */
public final class Workplace implements AutoCloseable {

  private final Path project;
  private final Path folder;
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "end");
  private boolean isEnded;
  private int systems;

  private Workplace(Path project, Path folder) {
    this.project = project;
    this.folder = folder;
  }

  /**
   * On the disk of the project: a temporary folder may be in memory, where commits cost nothing.
   */
  public static Workplace create(Path project) throws IOException {
    var target = Files.createDirectories(project.resolve("load-tests/target"));
    var folder = Files.createTempDirectory(target, "bench-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var workplace = new Workplace(project, folder);
    Runtime.getRuntime().addShutdownHook(workplace.hook);
    return workplace;
  }

  /** Starts a system with new data and waits until it is up. */
  public LocalSystem startSystem(Map<String, String> settings)
      throws IOException, InterruptedException {
    var system = launchSystem(settings);
    system.awaitUp();
    return system;
  }

  /** Starts a system with new data. */
  public LocalSystem launchSystem(Map<String, String> settings) throws IOException {
    systems++;
    var image = Files.createDirectory(folder.resolve("system-" + systems));
    return keep(LocalSystem.launch(project, image, log("system"), settings));
  }

  /** It is closed when this is. */
  public synchronized <T extends AutoCloseable> T keep(T closeable) {
    if (isEnded) {
      close(closeable);
      throw new LoadTestException("ended while starting");
    }
    kept.push(closeable);
    return closeable;
  }

  public Path project() {
    return project;
  }

  /** The folder of {@code wrk.lua}. */
  public Path scripts() {
    return project.resolve("load-tests");
  }

  /** A file of this run alone. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Kept after the run, for whoever wants to know why it failed. */
  public Path log(String name) {
    return project.resolve("load-tests/target/bench-" + name + ".log");
  }

  public URI address(LocalSystem system) {
    return URI.create("http://127.0.0.1:" + system.ports().get("PORT"));
  }

  @Override
  public void close() {
    end();
  }

  private synchronized void end() {
    isEnded = true;
    while (!kept.isEmpty()) {
      close(kept.pop());
    }
    delete();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      System.err.println("cannot end " + closeable + ": " + e);
    }
  }

  private void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("left behind: " + folder, e);
    }
  }
}

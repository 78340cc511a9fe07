package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.localstack.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/** A folder that looks like the project, with stand-ins for the applications. */
final class ProjectFolder {

  private static final String END = "(end of output)";
  private static final int LINE_LIMIT_SECONDS = 90;

  private final Path folder;
  private final Map<String, String> settings = new HashMap<>();
  private final List<Program> programs = new ArrayList<>();

  ProjectFolder(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("local-stack"));
    Files.writeString(folder.resolve("local-stack/pom.xml"), "");
    settings.put("START_TRAINING", "no");
    settings.put("SCALE", "");
    settings.put("BALANCER_ALGORITHM", "");
    for (var port : Port.values()) {
      settings.put(port.variable(), Integer.toString(Ports.free()));
    }
    for (var module : List.of("api-service", "notification-worker", "audit-worker")) {
      writeJar(
          Files.createDirectories(folder.resolve(module + "/target")).resolve(module + ".jar"));
    }
  }

  Path addresses() {
    return folder.resolve(".local/stack.env");
  }

  int port(Port port) {
    return Integer.parseInt(settings.getOrDefault(port.variable(), ""));
  }

  void set(String variable, String value) {
    settings.put(variable, value);
  }

  /** Several instances of the API, on free ports, and the project's balancer in front. */
  void scale(int instances) throws IOException {
    var configuration = Path.of("deploy/haproxy");
    FileSystemUtils.copyRecursively(
        Path.of("..").resolve(configuration), folder.resolve(configuration));
    set("SCALE", Integer.toString(instances));
    set("INSTANCE_PORT", Integer.toString(freeInARow(instances)));
    set("INSTANCE_MANAGEMENT_PORT", Integer.toString(freeInARow(instances)));
  }

  /** Of an instance, from 1 on. */
  int instancePort(int number) {
    return Integer.parseInt(settings.getOrDefault("INSTANCE_PORT", "")) + number - 1;
  }

  private static int freeInARow(int number) {
    while (true) {
      var first = Ports.free();
      if (IntStream.range(first, first + number).allMatch(Ports::isFree)) {
        return first;
      }
    }
  }

  Program run(String... arguments) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var line = new ArrayList<>(List.of(java, "-cp", classPath, Run.class.getName()));
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line).redirectErrorStream(true).directory(folder.toFile());
    builder.environment().putAll(settings);
    var program = new Program(builder.start());
    programs.add(program);
    return program;
  }

  void killAll() {
    programs.forEach(program -> program.process().destroyForcibly());
  }

  private static void writeJar(Path jar) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandIn.class.getName());
    var name = StandIn.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        var in = StandIn.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      Objects.requireNonNull(in).transferTo(out);
      out.closeEntry();
    }
  }

  /** A running Run. */
  static final class Program {

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    Program(Process process) {
      this.process = process;
      this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    Process process() {
      return process;
    }

    String output() {
      return String.join("\n", output);
    }

    /** The first line from now on that contains the text. */
    String awaitLine(String text) throws InterruptedException {
      while (true) {
        var line = lines.poll(LINE_LIMIT_SECONDS, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
          throw new AssertionError("Never said: " + text + "\n" + output());
        }
        if (line.contains(text)) {
          return line;
        }
      }
    }

    int awaitExit() throws InterruptedException {
      if (!process.waitFor(LINE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Does not end\n" + output);
      }
      assertThat(reader.join(Duration.ofSeconds(LINE_LIMIT_SECONDS))).isTrue();
      return process.exitValue();
    }

    private void read() {
      try (var in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (var line = in.readLine(); line != null; line = in.readLine()) {
          output.add(line);
          lines.add(line);
        }
      } catch (IOException e) {
        output.add(e.toString());
      }
      lines.add(END);
    }
  }
}

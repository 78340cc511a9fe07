package dev.banking.localstack.run;

import dev.banking.localstack.Backend;
import dev.banking.localstack.BackendException;
import dev.banking.localstack.BackendPorts;
import dev.banking.localstack.Backends;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.Ports;
import dev.banking.localstack.balancer.Balancer;
import dev.banking.localstack.balancer.Routing;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The running whole: starts in the order of need, stops in the order of use. */
final class Stack {

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PORTS_LIMIT = Duration.ofSeconds(40);

  private final Project project;
  private final LocalFolder folder;
  private final Terminal terminal;
  private final PortNumbers ports;
  private final Scale scale;
  private final Routing routing;
  private final Backends backends;
  private final Applications applications;
  private final Map<Application, LocalProcess> processes = new LinkedHashMap<>();
  private volatile @Nullable LocalProcess balancer;
  private final boolean needsToken;
  private volatile boolean stopping;

  Stack(Project project, LocalFolder folder, Map<String, String> environment, Terminal terminal) {
    this.project = project;
    this.folder = folder;
    this.terminal = terminal;
    this.ports = new PortNumbers(environment);
    this.scale = Scale.of(environment, ports);
    this.routing = Routing.of(environment);
    this.needsToken = "jwt".equals(environment.get("AUTH_MODE"));
    var backendPorts =
        new BackendPorts(
            ports.of(Port.POSTGRES),
            ports.of(Port.REDIS),
            ports.of(Port.RABBITMQ),
            ports.of(Port.RABBITMQ_MANAGEMENT));
    this.backends = new Backends(project.local(), backendPorts, terminal);
    this.applications = new Applications(project, environment, ports, scale, backends);
  }

  /** Everything that can be known to be wrong before anything is started. */
  void check() throws InterruptedException {
    applications.all();
    if (folder.lastRunWasKilled()) {
      awaitFreePorts();
    }
    ports.requireFree();
    scale.requireFree();
    Backends.prepare(terminal::say);
    if (scale.isBalanced()) {
      Balancer.prepare(terminal::say);
    }
  }

  /** Returns when all is healthy and the table is shown. */
  void start() throws InterruptedException, IOException {
    terminal.say("Starting PostgreSQL, Redis and RabbitMQ …");
    var begin = System.nanoTime();
    backends.start(backend -> progress(backend.name(), begin));
    terminal.say("Starting the applications …");
    var all = applications.all();
    all.forEach(this::start);
    for (var application : all) {
      application.awaitHealthy(process(application));
      progress(application.name(), begin);
    }
    if (scale.isBalanced()) {
      awaitBalancer(startBalancer());
      progress("balancer", begin);
    }
    var table = new Table(ports, scale, backends, project.local(), needsToken);
    folder.writeAddresses(table.addresses());
    terminal.say(table.text(pids()));
    terminal.showLogs();
  }

  /**
   * Watches until an application ends by itself; starts a backend again that did, and an instance
   * that is not the only one.
   *
   * @throws BackendException when an application ended: which, and what it said last
   */
  void watch() throws InterruptedException {
    while (true) {
      Thread.sleep(LOOK);
      requireApplications();
      requireBalancer();
      for (var backend :
          List.<Backend>of(backends.postgres(), backends.redis(), backends.rabbitMq())) {
        restartIfEnded(backend);
      }
    }
  }

  /** Stops what runs, each in its bounded time; the second call waits for the first. */
  synchronized void stop() {
    stopping = true;
    folder.removeAddresses();
    stop(processes.keySet().stream().filter(Stack::isApi));
    stop(processes.keySet().stream());
    // Last: whoever still comes hears from it that nobody is there.
    if (balancer != null && balancer.isRunning()) {
      terminal.say("Stopping balancer …");
      balancer.stop();
    }
    if (backends.anyRuns()) {
      terminal.say("Stopping RabbitMQ, Redis and PostgreSQL …");
    }
    backends.close();
  }

  private void stop(Stream<Application> which) {
    var running = which.filter(application -> process(application).isRunning()).toList();
    running.forEach(application -> terminal.say("Stopping " + application.name() + " …"));
    running.parallelStream().forEach(application -> process(application).stop());
  }

  private void awaitFreePorts() throws InterruptedException {
    terminal.say("The last run was killed: waiting until its processes have ended …");
    var deadline = System.nanoTime() + PORTS_LIMIT.toNanos();
    while (!ports.all(Ports::isFree) && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK);
    }
  }

  private synchronized void start(Application application) {
    if (stopping) {
      throw new BackendException("Stopped while starting");
    }
    processes.put(application, application.start(project.root(), terminal));
  }

  private synchronized LocalProcess startBalancer() {
    if (stopping) {
      throw new BackendException("Stopped while starting");
    }
    var started =
        new Balancer(project.root(), ports.of(Port.API), scale.instances(), routing)
            .start(terminal);
    balancer = started;
    return started;
  }

  private void awaitBalancer(LocalProcess process) throws InterruptedException {
    var health = applications.address().resolve("/-/balancer");
    Application.awaitHealthy("balancer", List.of(health), process);
  }

  private static boolean isApi(Application application) {
    return application.name().startsWith("api");
  }

  private void progress(String name, long begin) {
    var seconds = (System.nanoTime() - begin) / 1e9;
    terminal.say("  %-12s ready after %.1f s".formatted(name, seconds));
  }

  private void requireApplications() {
    for (var application : List.copyOf(processes.keySet())) {
      var process = process(application);
      if (process.isRunning() || stopping) {
        continue;
      }
      if (!scale.isBalanced() || !isApi(application)) {
        throw ended(application.name(), process);
      }
      terminal.say(application.name() + " ended by itself: starting it again …");
      start(application);
      terminal.say(application.name() + " is back, as process " + process(application).pid());
    }
  }

  private void requireBalancer() {
    var process = balancer;
    if (process != null && !process.isRunning() && !stopping) {
      throw ended("balancer", process);
    }
  }

  private static BackendException ended(String name, LocalProcess process) {
    return new BackendException(
        "%s ended by itself, with exit code %d. It said last:\n%s"
            .formatted(name, process.onExit().join(), process.lastLines()));
  }

  private void restartIfEnded(Backend backend) {
    if (!backend.isRunning() && !stopping) {
      terminal.say(backend.name() + " ended by itself: starting it again …");
      backend.start();
      terminal.say(backend.name() + " is back, as process " + backend.pid());
    }
  }

  private LocalProcess process(Application application) {
    return Objects.requireNonNull(processes.get(application));
  }

  private Map<String, Long> pids() {
    var pids = new HashMap<String, Long>();
    processes.forEach((application, process) -> pids.put(application.name(), process.pid()));
    if (balancer != null) {
      pids.put("balancer", balancer.pid());
    }
    return pids;
  }
}

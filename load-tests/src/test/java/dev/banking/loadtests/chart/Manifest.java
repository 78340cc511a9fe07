package dev.banking.loadtests.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object that the chart makes. */
record Manifest(Map<String, Object> content) {

  /** All of them, with files of values on top of the chart's own. */
  static List<Manifest> with(Path... values) throws IOException, InterruptedException {
    return Chart.objects(values).stream().map(Manifest::new).toList();
  }

  /** With the chart's values alone; once for all tests. */
  static List<Manifest> all() {
    return Rendered.OBJECTS;
  }

  String kind() {
    return text(content, "kind");
  }

  String name() {
    return at("metadata", "name").toString();
  }

  /** What the object is for: the name of an application, or another word. */
  String component() {
    return text(map(at("metadata", "labels")), "app.kubernetes.io/component");
  }

  /** Whether it makes pods. */
  boolean hasPods() {
    return List.of("Deployment", "Job").contains(kind());
  }

  Map<String, Object> pod() {
    return map(at("spec", "template", "spec"));
  }

  Stream<Map<String, Object>> containers() {
    return maps(pod().get("containers"));
  }

  /** What is there, and must be. */
  Object at(String... names) {
    Object here = content;
    for (var name : names) {
      here = Objects.requireNonNull(map(here).get(name), () -> name + " of " + content);
    }
    return here;
  }

  /** What is there under a name, and must be. */
  static String text(Map<String, Object> map, String name) {
    return Objects.requireNonNull(map.get(name), () -> name + " of " + map).toString();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(@Nullable Object map) {
    return (Map<String, Object>) Objects.requireNonNull(map);
  }

  /** Nothing without a list. */
  @SuppressWarnings("unchecked")
  static Stream<Map<String, Object>> maps(@Nullable Object list) {
    return list == null ? Stream.of() : ((List<Map<String, Object>>) list).stream();
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }

  private static final class Rendered {

    static final List<Manifest> OBJECTS = render();

    private static List<Manifest> render() {
      try {
        return with();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

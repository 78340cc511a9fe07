package dev.banking.loadtests.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One run of the benchmark, section by section: printed, and kept as two files. */
public final class Report {

  private final Map<String, Object> raw = new LinkedHashMap<>();
  private final List<String> sections = new ArrayList<>();

  /** A section for people; its text is Markdown. */
  public void section(String title, Object... paragraphs) {
    var text = new StringBuilder("## " + title + "\n");
    for (var paragraph : paragraphs) {
      text.append('\n').append(paragraph.toString().stripTrailing()).append('\n');
    }
    sections.add(text.toString());
  }

  /** The figures behind it, for programs. */
  public void raw(String name, Object figures) {
    raw.put(name, figures);
  }

  /** For a terminal. */
  public String text() {
    return String.join("\n", sections);
  }

  /** Writes {@code <name>.md} and {@code <name>.json}. */
  public void write(Path folder, String name, String title) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".md"), "# " + title + "\n\n" + text());
    var json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(folder.resolve(name + ".json"), json.writeValueAsString(raw) + "\n");
  }
}

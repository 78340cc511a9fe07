package dev.banking.audit.checkpoint;

import dev.banking.audit.seal.Checkpoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The copies: a line for each checkpoint, appended and forced to the disk. What a crash kept from
 * the file is appended later, so that one may come twice when several workers share a file.
 */
final class CheckpointFile {

  private static final Pattern NUMBER = Pattern.compile("\"number\":([0-9]{1,18}),");
  private static final int LONGEST_LINE = 4_096;

  private final Path file;
  private long lastNumber;
  private boolean endsInHalfALine;

  /** Reads how far the file has come. */
  CheckpointFile(Path file) {
    this.file = file;
    try {
      var tail = Files.exists(file) ? tail() : "";
      this.lastNumber = lastNumber(tail);
      this.endsInHalfALine = !tail.isEmpty() && !tail.endsWith("\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The highest number that is in the file. */
  long lastNumber() {
    return lastNumber;
  }

  /** Appends them; on the disk when this returns. */
  void append(List<Checkpoint> checkpoints) {
    if (checkpoints.isEmpty()) {
      return;
    }
    // Half a line is what a crash left; whoever reads the file passes it over.
    var text = new StringBuilder(endsInHalfALine ? "\n" : "");
    checkpoints.forEach(checkpoint -> text.append(checkpoint.line()).append('\n'));
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lastNumber = checkpoints.getLast().number();
    endsInHalfALine = false;
  }

  private String tail() throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(Math.max(0, open.length() - LONGEST_LINE));
      var bytes = new byte[LONGEST_LINE];
      var read = Math.max(0, open.read(bytes));
      return new String(bytes, 0, read, StandardCharsets.UTF_8);
    }
  }

  /** Of the last whole line. */
  private static long lastNumber(String tail) {
    var number = 0L;
    var matcher = NUMBER.matcher(tail.substring(0, tail.lastIndexOf('\n') + 1));
    while (matcher.find()) {
      number = Long.parseLong(matcher.group(1));
    }
    return number;
  }
}

package dev.banking.api.replica;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Until when the replica has everything that the primary has. The clocks of the servers play no
 * part in it: the primary's place in its log was asked for at a moment of ours, and the replica has
 * come to that place or has not. An idle primary does not make it look late, and a replica that is
 * cut off does not look current.
 */
final class Progress {

  /** Half a minute and more of looks; who is further behind is not asked anyway. */
  private static final int MAX_MARKS = 128;

  private final Deque<Mark> marks = new ArrayDeque<>();
  private boolean isKnown;
  private long currentAt;
  private long currentPlace;
  private long lastPlace;

  /**
   * The primary was here, or further, at that moment.
   *
   * @param nanos by {@link System#nanoTime}, from before the question
   * @param place in the write-ahead log, bytes
   */
  private record Mark(long nanos, long place) {}

  synchronized void primaryWasAt(long nanos, long place) {
    if (marks.size() == MAX_MARKS) {
      marks.removeFirst();
    }
    marks.addLast(new Mark(nanos, place));
  }

  /** Who was further before has crashed, or is another server: what was known of it is void. */
  synchronized void replicaIsAt(long place) {
    if (place < lastPlace) {
      lost();
    }
    lastPlace = place;
    while (!marks.isEmpty() && marks.getFirst().place() <= place) {
      var mark = marks.removeFirst();
      currentAt = mark.nanos();
      currentPlace = mark.place();
      isKnown = true;
    }
  }

  /** Whoever has not come to this place is not the one that was looked at. */
  synchronized long place() {
    return currentPlace;
  }

  /** Nothing is known any more, for instance because it does not answer. */
  synchronized void lost() {
    isKnown = false;
    marks.clear();
  }

  /**
   * How old the newest moment is of which the replica certainly has everything.
   *
   * @return nanoseconds; {@link Long#MAX_VALUE}: not known
   */
  synchronized long ageNanos(long now) {
    return isKnown ? now - currentAt : Long.MAX_VALUE;
  }
}

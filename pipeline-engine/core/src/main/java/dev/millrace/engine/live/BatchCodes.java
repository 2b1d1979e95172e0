package dev.millrace.engine.live;

import dev.millrace.engine.event.TextVector;
import java.util.ArrayList;
import java.util.List;

/// The codes of the batches that a stream fills in turn, a few at most.
final class BatchCodes {

  private static final int MOST = 8;

  private final List<EntityCodes> known = new ArrayList<>();

  EntityCodes of(TextVector vector) {
    for (EntityCodes codes : known) {
      if (codes.isOf(vector)) {
        return codes;
      }
    }
    if (known.size() == MOST) {
      known.removeFirst();
    }
    EntityCodes fresh = new EntityCodes(vector);
    known.add(fresh);
    return fresh;
  }
}

package dev.millrace.engine.live;

import dev.millrace.engine.event.TextVector;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Entities by the codes of one batch's column, so that a name is looked up once per dictionary.
final class EntityCodes {

  private final TextVector vector;
  private @Nullable Entity[] byCode = {};
  private int generation = -1;

  EntityCodes(TextVector vector) {
    this.vector = vector;
  }

  boolean isOf(TextVector other) {
    return vector == other;
  }

  /// The row's entity; null where there is no room for another.
  @Nullable Entity at(int row, Function<String, @Nullable Entity> named) {
    if (generation != vector.generation()) {
      generation = vector.generation();
      byCode = new Entity[0];
    }
    int code = vector.code(row);
    if (code >= byCode.length) {
      byCode = Arrays.copyOf(byCode, Math.max(code + 1, vector.dictionary().size()));
    }
    Entity entity = byCode[code];
    if (entity == null) {
      entity = named.apply(vector.at(row));
      byCode[code] = entity;
    }
    return entity;
  }
}

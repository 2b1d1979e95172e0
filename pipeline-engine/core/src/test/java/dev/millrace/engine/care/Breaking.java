package dev.millrace.engine.care;

import dev.millrace.engine.lake.Lake;
import dev.millrace.engine.lake.LakeTable;
import dev.millrace.engine.lake.TableStorage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lake whose process ends before or after one of the calls that change something on the disk.
final class Breaking {

  private static final Set<String> CHANGES = Set.of("commit", "delete", "eraseFromLog");

  private int left;

  /// @param left changes' sides that are survived: each call has one before and one after it
  Breaking(int left) {
    this.left = left;
  }

  /// What stands for the end of the process; nothing catches it.
  static final class Ended extends Error {
    private static final long serialVersionUID = 1L;
  }

  Lake over(Lake lake) {
    return wrap(Lake.class, lake);
  }

  private <T> T wrap(Class<T> type, T real) {
    InvocationHandler handler =
        (_, method, args) -> {
          boolean changes = CHANGES.contains(method.getName());
          step(changes);
          Object result;
          try {
            result = method.invoke(real, args);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          }
          step(changes);
          return wrapped(result);
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object wrapped(@Nullable Object result) {
    return switch (result) {
      case Optional<?> found when found.orElse(null) instanceof LakeTable table ->
          Optional.of(wrap(LakeTable.class, table));
      case LakeTable table -> wrap(LakeTable.class, table);
      case TableStorage storage -> wrap(TableStorage.class, storage);
      case null -> null;
      default -> result;
    };
  }

  private void step(boolean changes) {
    if (changes && left-- <= 0) {
      throw new Ended();
    }
  }
}

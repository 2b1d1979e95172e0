package dev.millrace.engine.assembly;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.history.SilverVerdicts;
import dev.millrace.engine.lake.LakeSnapshot;
import dev.millrace.engine.live.LiveState;
import dev.millrace.engine.model.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a live state's anomalies in step with Silver, whoever writes that: what it judges is taken
/// over on a thread of its own, one version after the other.
final class FollowSilver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FollowSilver.class);

  private final SilverVerdicts verdicts;
  private final LiveState live;
  private CompletableFuture<@Nullable Void> work = CompletableFuture.completedFuture(null);
  private Optional<LakeSnapshot> seen = Optional.empty();
  private boolean closed;

  FollowSilver(SilverVerdicts verdicts, LiveState live) {
    this.verdicts = verdicts;
    this.live = live;
  }

  /// Takes over what changed, on the calling thread.
  ///
  /// @throws MillraceException when the lake does not answer
  void takeIn() {
    synchronized (verdicts) {
      verdicts.next().ifPresent(live::judged);
    }
  }

  /// Hears of the tables as they stand. Quick: looks into Silver elsewhere, and not twice at once.
  synchronized void saw(Map<TableName, LakeSnapshot> tables) {
    Optional<LakeSnapshot> silver = verdicts.table().map(tables::get);
    boolean moved =
        silver.isPresent() && seen.filter(s -> s.version() == silver.get().version()).isEmpty();
    if (moved && work.isDone() && !closed) {
      seen = silver;
      work =
          CompletableFuture.runAsync(
                  this::takeIn,
                  task -> Thread.ofPlatform().name("engine-follow-silver").start(task))
              .exceptionally(FollowSilver::tell);
    }
  }

  /// A look that fails is made up for by the next version's.
  private static @Nullable Void tell(Throwable fault) {
    LOG.warn("What Silver judged cannot be shown", fault);
    return null;
  }

  @Override
  public void close() {
    CompletableFuture<@Nullable Void> last;
    synchronized (this) {
      closed = true;
      last = work;
    }
    last.join();
  }
}

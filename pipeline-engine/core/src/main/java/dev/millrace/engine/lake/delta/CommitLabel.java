package dev.millrace.engine.lake.delta;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.utils.CloseableIterator;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the history says of one commit.
///
/// @param operation verb, for example `STREAMING UPDATE`
/// @param at when it was committed, in whole milliseconds
/// @param engine who committed it
/// @param metrics counts of what it did, by their Delta names
record CommitLabel(String operation, Instant at, String engine, Map<String, String> metrics) {

  private static final String OPERATION = "operation";
  private static final String AT = "at";
  private static final String ENGINE = "engine";

  CommitLabel {
    metrics = Map.copyOf(metrics);
  }

  Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(metrics);
    properties.put(OPERATION, operation);
    properties.put(AT, Long.toString(at.toEpochMilli()));
    properties.put(ENGINE, engine);
    return properties;
  }

  /// Kernel's own commit with our label: Kernel knows five operations and only the system's clock.
  static Committer committer() {
    return (engine, actions, metadata) -> commit(engine, actions, metadata);
  }

  private static CommitResponse commit(
      Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
      throws CommitFailedException {
    Map<String, String> properties = metadata.getCommitterProperties().get();
    return DefaultFileSystemManagedTableOnlyCommitter.INSTANCE.commit(
        engine,
        actions.map(
            action ->
                action.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)
                    ? action
                    : labelled(metadata.getCommitInfo(), properties)),
        metadata);
  }

  private static Row labelled(CommitInfo info, Map<String, String> properties) {
    Map<String, String> metrics = new HashMap<>(properties);
    String operation = metrics.remove(OPERATION);
    String at = metrics.remove(AT);
    String engine = metrics.remove(ENGINE);
    if (operation == null || at == null || engine == null) {
      throw new IllegalStateException("A commit without its label: " + properties);
    }
    return SingleAction.createCommitInfoSingleAction(
        new CommitInfo(
                info.getInCommitTimestamp(),
                Long.parseLong(at),
                Optional.of(engine),
                Optional.of(operation),
                info.getOperationParameters(),
                info.getIsBlindAppend(),
                info.getTxnId(),
                metrics)
            .toRow());
  }
}

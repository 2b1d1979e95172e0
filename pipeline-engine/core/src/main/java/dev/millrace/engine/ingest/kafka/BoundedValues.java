package dev.millrace.engine.ingest.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/// Values as they are, so many bytes of them a poll at most.
///
/// The consumer bounds a poll by records alone, and a batch of the topic may unpack to a thousand
/// times its size: 5,000 values of a megabyte would be 5 GB at once. When the poll's bytes are used
/// up the next value is refused; the consumer then hands over those before it, and offers the
/// refused one again at the next poll. The first value of a poll is never refused, however long.
/// Confined to the consumer's thread.
final class BoundedValues implements Deserializer<ByteBuffer> {

  private final int most;
  private long taken;

  BoundedValues(int most) {
    this.most = most;
  }

  void beginPoll() {
    taken = 0;
  }

  @Override
  public ByteBuffer deserialize(String topic, byte[] data) {
    return ByteBuffer.wrap(data);
  }

  @Override
  public @Nullable ByteBuffer deserialize(
      String topic, Headers headers, @Nullable ByteBuffer data) {
    if (data == null) {
      return null;
    }
    if (taken > 0 && taken + data.remaining() > most) {
      throw new PollIsFull();
    }
    taken += data.remaining();
    return data;
  }

  private static final class PollIsFull extends SerializationException {

    private static final long serialVersionUID = 1;

    PollIsFull() {
      super("the poll holds enough bytes");
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}

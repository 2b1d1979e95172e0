package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.S3Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedS3IT {

  @TempDir Path folder;

  @Test
  void itRunsWhenAskedForWithKeysOfItsOwn() throws Exception {
    Home home = new Home(folder);
    S3Endpoint first;
    try (ServicesHandle services = EmbeddedServices.startWithS3(home, Progress.NONE);
        ServicesHandle attached = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      first = services.endpoints().s3().orElseThrow();
      assertThat(attached.endpoints()).isEqualTo(services.endpoints());
      assertThat(EmbeddedServices.running(home)).isPresent();
      Path credentials = home.services().resolve("s3/credentials");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(credentials)).contains(first.secret());
      assertThat(services.endpoints().toString()).doesNotContain(first.secret());
      assertThat(anonymous(first)).isEqualTo(403);
    }
    assertThat(EmbeddedServices.running(home)).isEmpty();

    Files.writeString(
        folder.resolve("settings.yaml"), "lake: { location: s3://lake/x, endpoint: embedded }\n");
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      S3Endpoint second = services.endpoints().s3().orElseThrow();
      assertThat(second.secret()).isEqualTo(first.secret());
    }
  }

  @Test
  void servicesWithoutItAreRefusedWhenTheLakeLiesInIt() throws Exception {
    Home home = new Home(folder);
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      assertThat(services.endpoints().s3()).isEmpty();
      Files.writeString(
          folder.resolve("settings.yaml"), "lake: { location: s3://lake/x, endpoint: embedded }\n");

      assertThatThrownBy(() -> EmbeddedServices.startOrAttach(home, Progress.NONE))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("have no S3");
    }
  }

  private static int anonymous(S3Endpoint endpoint) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(endpoint.url() + "/lake"))
                  .PUT(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}

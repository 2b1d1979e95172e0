package dev.millrace.engine.warehouse.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.settings.WarehouseSettings.Login;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

final class AwsLoginTest {

  private static final String CLUSTER = "sales.abc123.eu-central-1.redshift.amazonaws.com";
  private static final String WORKGROUP =
      "sales.123456789012.eu-west-1.redshift-serverless.amazonaws.com";

  private final List<String> asked = new ArrayList<>();
  private HttpServer aws;
  private int status = 200;
  private String answer = "";

  @BeforeEach
  void open() throws IOException {
    aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    aws.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Amz-Target")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    aws.start();
  }

  @AfterEach
  void close() {
    aws.stop(0);
  }

  @Test
  void aClusterGivesATemporaryPasswordToTheIdentityOfTheProcess() {
    answer = "<R><DbUser>IAM:etl</DbUser><DbPassword>a&lt;b&amp;c==</DbPassword></R>";
    assertThat(login(CLUSTER, Optional.empty()).temporary())
        .isEqualTo(new AwsLogin.User("IAM:etl", "a<b&c=="));
    assertThat(asked.getFirst())
        .contains("AWS4-HMAC-SHA256 Credential=AKID/", "/eu-central-1/redshift/aws4_request")
        .contains("Action=GetClusterCredentialsWithIAM", "ClusterIdentifier=sales", "DbName=dev");
    assertThat(login(CLUSTER, Optional.of("loader")).temporary().name()).isEqualTo("IAM:etl");
    assertThat(asked.getLast()).contains("Action=GetClusterCredentials&", "DbUser=loader");
  }

  @Test
  void aWorkgroupDoesToo() {
    answer = "{\"dbUser\": \"IAMR:etl\", \"dbPassword\": \"secret\"}";
    assertThat(login(WORKGROUP, Optional.empty()).temporary())
        .isEqualTo(new AwsLogin.User("IAMR:etl", "secret"));
    assertThat(asked.getFirst())
        .contains("/eu-west-1/redshift-serverless/aws4_request")
        .contains("RedshiftServerless.GetCredentials", "\"workgroupName\":\"sales\"");
  }

  @Test
  void aSecretHoldsUserAndPassword() {
    answer = "{\"SecretString\": \"{\\\"username\\\": \\\"u\\\", \\\"password\\\": \\\"p\\\"}\"}";
    AwsLogin.User user = login(CLUSTER, Optional.empty()).secret("prod/redshift");
    assertThat(user).isEqualTo(new AwsLogin.User("u", "p"));
    assertThat(user.toString()).isEqualTo("u");
    assertThat(asked.getFirst())
        .contains("/secretsmanager/", "secretsmanager.GetSecretValue", "prod/redshift");
  }

  @Test
  void aRefusalIsToldAsItIs() {
    status = 400;
    answer = "{\"__type\": \"AccessDeniedException\"}";
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> login(WORKGROUP, Optional.empty()).temporary())
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE))
        .withMessageContainingAll("400", "AccessDeniedException");
    status = 200;
    answer = "{}";
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> login(WORKGROUP, Optional.empty()).temporary())
        .withMessageContaining("has no dbUser");
  }

  private AwsLogin login(String host, Optional<String> user) {
    return new AwsLogin(
        new RedshiftAccess(
            host,
            5439,
            true,
            "dev",
            user,
            Optional.empty(),
            new Login.Iam(),
            "default",
            Optional.empty()),
        new AwsCalls(
            Optional.of(URI.create("http://127.0.0.1:" + aws.getAddress().getPort())),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret"))));
  }
}

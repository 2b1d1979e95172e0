package dev.millrace.engine.warehouse.redshift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.warehouse.redshift.AwsCalls.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Logins that AWS gives: temporary passwords of IAM, and secrets of Secrets Manager. Any thread
/// may call.
final class AwsLogin {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "2012-12-01";

  private final RedshiftAccess access;
  private final AwsCalls calls;

  AwsLogin(RedshiftAccess access) {
    this(access, new AwsCalls());
  }

  AwsLogin(RedshiftAccess access, AwsCalls calls) {
    this.access = access;
    this.calls = calls;
  }

  /// Who logs in.
  record User(String name, String password) {

    /// Without the password.
    @Override
    public String toString() {
      return name;
    }
  }

  /// A password for some minutes, for the AWS identity of this process, or for the user who is
  /// named.
  User temporary() {
    String first = access.host().split("\\.", 2)[0];
    return access.host().contains(".redshift-serverless.") ? ofWorkgroup(first) : ofCluster(first);
  }

  private User ofWorkgroup(String workgroup) {
    ObjectNode asked = JSON.createObjectNode();
    asked.put("workgroupName", workgroup);
    asked.put("dbName", access.database());
    JsonNode given =
        json(
            calls.json(
                "redshift-serverless",
                region(),
                "RedshiftServerless.GetCredentials",
                asked.toString()));
    return new User(text(given, "dbUser"), text(given, "dbPassword"));
  }

  private User ofCluster(String cluster) {
    Map<String, String> asked = new TreeMap<>();
    asked.put("Version", VERSION);
    asked.put("ClusterIdentifier", cluster);
    asked.put("DbName", access.database());
    asked.put(
        "Action",
        access.user().isPresent() ? "GetClusterCredentials" : "GetClusterCredentialsWithIAM");
    access.user().ifPresent(user -> asked.put("DbUser", user));
    Answer answer =
        calls.form(
            "redshift",
            region(),
            asked.entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    return new User(element(answer, "DbUser"), element(answer, "DbPassword"));
  }

  /// User and password of a secret, as Redshift's own secrets keep them.
  User secret(String id) {
    ObjectNode asked = JSON.createObjectNode();
    asked.put("SecretId", id);
    JsonNode given =
        json(
            calls.json(
                "secretsmanager", region(), "secretsmanager.GetSecretValue", asked.toString()));
    JsonNode secret = json(new Answer(text(given, "SecretString")));
    return new User(text(secret, "username"), text(secret, "password"));
  }

  private String region() {
    return access.clusterRegion().orElseGet(calls::region);
  }

  private static JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw RedshiftErrors.loginFailed("the answer of AWS is no JSON", e);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw RedshiftErrors.loginFailed(
          "the answer of AWS has no " + name, new IllegalArgumentException(name));
    }
    return value.asText();
  }

  /// An element's text; passwords of IAM have characters that XML escapes.
  private static String element(Answer answer, String name) {
    Matcher matcher =
        Pattern.compile("<%1$s>([^<]*)</%1$s>".formatted(name)).matcher(answer.body());
    if (!matcher.find()) {
      throw RedshiftErrors.loginFailed(
          "the answer of AWS has no " + name, new IllegalArgumentException(name));
    }
    return matcher
        .group(1)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}

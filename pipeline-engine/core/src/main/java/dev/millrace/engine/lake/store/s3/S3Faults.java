package dev.millrace.engine.lake.store.s3;

import dev.millrace.engine.lake.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// What S3 or the way to it refused: whether to try again, and what a person reads.
final class S3Faults {

  private static final Set<String> PASSING =
      Set.of(
          "SlowDown",
          "RequestTimeout",
          "InternalError",
          "ServiceUnavailable",
          "ConditionalRequestConflict",
          "OperationAborted",
          "Throttling",
          "ThrottlingException",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "BadDigest",
          "IncompleteBody");
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");
  private static final Set<String> OTHER_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "TemporaryRedirect");

  private S3Faults() {}

  /// Whether the same request may succeed in a moment.
  static boolean isPassing(SdkException fault) {
    return switch (fault) {
      case AbortedException _ -> false;
      case AwsServiceException refused ->
          refused.statusCode() >= 500
              || refused.statusCode() == 429
              || PASSING.contains(code(refused));
      default -> fault.retryable() || brokeOff(fault);
    };
  }

  static boolean isMissing(SdkException fault) {
    return fault instanceof NoSuchKeyException
        || (fault instanceof AwsServiceException refused
            && refused.statusCode() == 404
            && !code(refused).equals("NoSuchBucket")
            && !code(refused).equals("NoSuchUpload"));
  }

  /// A missing bucket or object, whichever.
  static boolean isNowhere(SdkException fault) {
    return fault instanceof AwsServiceException refused && refused.statusCode() == 404;
  }

  static boolean isRefusedPremise(SdkException fault) {
    return fault instanceof AwsServiceException refused && refused.statusCode() == 412;
  }

  /// A refusal that does not say why.
  static boolean isUnexplained(SdkException fault) {
    return fault instanceof AwsServiceException refused
        && (refused.statusCode() == 400 || refused.statusCode() == 403)
        && !code(refused).matches("[A-Za-z.]+");
  }

  static boolean isPastEnd(SdkException fault) {
    return fault instanceof AwsServiceException refused && refused.statusCode() == 416;
  }

  static boolean isUploadGone(SdkException fault) {
    return fault instanceof AwsServiceException refused && code(refused).equals("NoSuchUpload");
  }

  /// The fault as the store's port tells it.
  ///
  /// @param place what was asked for, for example `s3://lake/a/b`
  static IOException of(SdkException fault, String place) {
    if (isMissing(fault)) {
      NoSuchFileException missing = new NoSuchFileException(place);
      missing.initCause(fault);
      return missing;
    }
    return switch (fault) {
      case AbortedException aborted -> interrupted(place, aborted);
      case AwsServiceException refused -> refused(refused, place);
      default -> unanswered(fault, place);
    };
  }

  private static IOException interrupted(String place, AbortedException cause) {
    InterruptedIOException interrupted = new InterruptedIOException(place + " was interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static StoreException refused(AwsServiceException fault, String place) {
    String code = code(fault);
    String said = "S3 answered " + fault.statusCode() + " " + code + " for " + place;
    if (EXPIRED.contains(code)) {
      return new StoreException(
          "the AWS credentials have expired (" + said + ")",
          "renew them (for example 'aws sso login'); what runs takes them up by itself",
          fault);
    }
    if (isPassing(fault)) {
      return new StoreException(
          said + " again and again",
          "wait until S3 answers again; what runs goes on by itself",
          fault);
    }
    if (code.equals("NoSuchBucket")) {
      return new StoreException(
          "there is no such bucket (" + said + ")",
          "make the bucket, or mend lake.location in settings.yaml",
          fault);
    }
    if (OTHER_REGION.contains(code) || fault.statusCode() == 301) {
      return new StoreException(
          "the bucket lies in another region (" + said + ")",
          "write its region as lake.region in settings.yaml",
          fault);
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return new StoreException(
          "this machine's clock is wrong (" + said + ")", "set the clock", fault);
    }
    if (code.toUpperCase(Locale.ROOT).startsWith("KMS")) {
      return new StoreException(
          "the KMS key cannot be used (" + said + ")",
          "let this identity use the key (kms:GenerateDataKey, kms:Decrypt), or mend lake.kms_key",
          fault);
    }
    if (fault.statusCode() == 403 || fault.statusCode() == 401) {
      return new StoreException(
          "access was denied (" + said + ")",
          "use credentials that may s3:ListBucket, s3:GetObject, s3:PutObject, s3:DeleteObject and"
              + " s3:AbortMultipartUpload there",
          fault);
    }
    return new StoreException(
        said + said(fault), "see to what it names; requests are not repeated for it", fault);
  }

  private static StoreException unanswered(SdkException fault, String place) {
    String reason = reason(fault);
    if (isPassing(fault)) {
      return new StoreException(
          "no answer for " + place + " (" + reason + ")",
          "see to the network and lake.endpoint in settings.yaml; what runs goes on by itself",
          fault);
    }
    if (reason.contains("credentials")) {
      return new StoreException(
          "there are no AWS credentials for " + place,
          "give them by the AWS default chain: environment, ~/.aws or the machine's role",
          fault);
    }
    if (reason.contains("region")) {
      return new StoreException(
          "the region of " + place + " is not known",
          "write lake.region in settings.yaml or set AWS_REGION",
          fault);
    }
    return new StoreException(
        place + " cannot be asked (" + reason + ")", "see to what it names", fault);
  }

  private static String code(AwsServiceException fault) {
    return fault.awsErrorDetails() == null || fault.awsErrorDetails().errorCode() == null
        ? ""
        : fault.awsErrorDetails().errorCode();
  }

  private static String said(AwsServiceException fault) {
    return fault.awsErrorDetails() == null ? "" : ": " + fault.awsErrorDetails().errorMessage();
  }

  private static String reason(SdkException fault) {
    String message = fault.getMessage();
    String first =
        message == null ? fault.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    return first.replaceAll("\\s*\\(SDK Attempt Count: \\d+\\)", "");
  }

  /// Half a listing is no XML.
  private static boolean brokeOff(Throwable fault) {
    for (Throwable at = fault.getCause(); at != null; at = at.getCause()) {
      if (at instanceof IOException || at instanceof XMLStreamException) {
        return true;
      }
    }
    return false;
  }
}

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.Extension;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What Java makes of certificates, one question a line on standard input, fields separated by tabs, one answer a line:
 *
 * <pre>
 * crl    path root crls eku policy   path validation with CRLs for the whole path
 * ocsp   path root nonce eku policy  path validation with OCSP for the leaf, over the network
 * plain  path root                   path validation without revocation
 * tls    path root client|server     the trust manager of JSSE
 * p12    file passwordFile           opens a PKCS#12 and signs with its key
 * </pre>
 *
 * A dash stands for nothing wanted. The answer is OK with details, or REFUSED with the reason of CertPathValidatorException.
 */
public final class CheckPath {
  public static void main(String[] arguments) throws Exception {
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String[] fields = line.split("\t");
      String answer;
      try {
        answer = "OK " + answer(fields);
      } catch (CertPathValidatorException refusal) {
        answer = "REFUSED " + reasonOf(refusal);
      } catch (Exception error) {
        answer = "REFUSED " + error.getClass().getSimpleName() + " " + error.getMessage();
      }
      System.out.println(answer.replace('\n', ' ').strip());
    }
  }

  private static String answer(String[] fields) throws Exception {
    switch (fields[0]) {
      case "crl": {
        PKIXParameters parameters = parameters(fields[2], fields[4], fields[5]);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Collection<Object> crls = new ArrayList<>();
        for (String file : fields[3].split(","))
          try (FileInputStream in = new FileInputStream(file)) {
            crls.addAll(factory.generateCRLs(in));
          }
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls)));
        PKIXRevocationChecker checker = checker();
        checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
        return validate(fields[1], parameters);
      }
      case "ocsp": {
        PKIXParameters parameters = parameters(fields[2], fields[4], fields[5]);
        PKIXRevocationChecker checker = checker();
        // Certificates of the root have no OCSP pointer.
        checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
        if (!fields[3].equals("-")) checker.setOcspExtensions(List.of(new Nonce(fields[3])));
        parameters.addCertPathChecker(checker);
        return validate(fields[1], parameters);
          }
      case "plain": {
        PKIXParameters parameters = parameters(fields[2], "-", "-");
        parameters.setRevocationEnabled(false);
        return validate(fields[1], parameters);
      }
      case "tls": {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        anchors.setCertificateEntry("root", read(fields[2]).get(0));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
        X509Certificate[] path = leafToIntermediate(fields[1]).toArray(new X509Certificate[0]);
        if (fields[3].equals("client")) manager.checkClientTrusted(path, "EC");
        else manager.checkServerTrusted(path, "ECDHE_ECDSA");
        return path[0].getSubjectX500Principal().getName();
      }
      case "p12": {
        char[] password = Files.readString(Path.of(fields[2])).strip().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (FileInputStream in = new FileInputStream(fields[1])) {
          store.load(in, password);
        }
        List<String> aliases = Collections.list(store.aliases());
        aliases.removeIf(alias -> !isKey(store, alias));
        if (aliases.size() != 1) throw new IllegalStateException(aliases.size() + " keys");
        String alias = aliases.get(0);
        PrivateKey key = (PrivateKey) store.getKey(alias, password);
        Certificate[] chain = store.getCertificateChain(alias);
        signAndVerify(key, chain[0]);
        return key.getAlgorithm() + " chain " + chain.length + " alias " + alias;
      }
      default:
        throw new IllegalArgumentException(fields[0]);
    }
  }

  private static PKIXParameters parameters(String root, String eku, String policy) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(read(root).get(0), null)));
    if (!eku.equals("-")) {
      X509CertSelector target = new X509CertSelector();
      target.setExtendedKeyUsage(Set.of(eku));
      parameters.setTargetCertConstraints(target);
    }
    if (!policy.equals("-")) {
      parameters.setInitialPolicies(Set.of(policy));
      parameters.setExplicitPolicyRequired(true);
    }
    return parameters;
  }

  private static PKIXRevocationChecker checker() throws Exception {
    return (PKIXRevocationChecker) CertPathValidator.getInstance("PKIX").getRevocationChecker();
  }

  private static String validate(String file, PKIXParameters parameters) throws Exception {
    List<X509Certificate> certificates = leafToIntermediate(file);
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(certificates);
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
    return certificates.get(0).getSubjectX500Principal().getName();
  }

  /** Without the root: it is the trust anchor. */
  private static List<X509Certificate> leafToIntermediate(String file) throws Exception {
    List<X509Certificate> certificates = read(file);
    certificates.removeIf(one -> one.getSubjectX500Principal().equals(one.getIssuerX500Principal()));
    return certificates;
  }

  private static List<X509Certificate> read(String file) throws Exception {
    List<X509Certificate> certificates = new ArrayList<>();
    try (FileInputStream in = new FileInputStream(file)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in))
        certificates.add((X509Certificate) one);
    }
    return certificates;
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (Exception error) {
      return false;
    }
  }

  private static void signAndVerify(PrivateKey key, Certificate certificate) throws Exception {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA384withECDSA" : "SHA384withRSA";
    byte[] message = "Kia ora".getBytes();
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(message);
    byte[] signed = signature.sign();
    // The key alone: an encryption certificate's keyUsage forbids signatures, and Java heeds it.
    signature.initVerify(certificate.getPublicKey());
    signature.update(message);
    if (!signature.verify(signed)) throw new IllegalStateException("key and certificate do not belong together");
  }

  private static String reasonOf(CertPathValidatorException refusal) {
    String reason = String.valueOf(refusal.getReason());
    if (refusal.getCause() instanceof CertificateRevokedException)
      reason += " " + ((CertificateRevokedException) refusal.getCause()).getRevocationReason();
    return reason + " at " + refusal.getIndex() + ": " + refusal.getMessage();
  }

  /** A nonce of RFC 9654, given in hex, at most 32 octets. */
  private record Nonce(String hex) implements Extension {
    public String getId() {
      return "1.3.6.1.5.5.7.48.1.2";
    }

    public boolean isCritical() {
      return false;
    }

    /** The nonce as OCTET STRING. */
    public byte[] getValue() {
      byte[] octets = HexFormat.of().parseHex(hex);
      byte[] value = Arrays.copyOf(new byte[] {4, (byte) octets.length}, octets.length + 2);
      System.arraycopy(octets, 0, value, 2, octets.length);
      return value;
    }

    /** The whole Extension. */
    public void encode(OutputStream out) throws IOException {
      byte[] value = getValue();
      byte[] oid = HexFormat.of().parseHex("06092b0601050507300102");
      out.write(new byte[] {0x30, (byte) (oid.length + 2 + value.length)});
      out.write(oid);
      out.write(new byte[] {4, (byte) value.length});
      out.write(value);
    }
  }
}

import java.io.File;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;

/** BouncyCastle about signatures, many in one virtual machine.
 *
 * verify CMS COVERED ...: a line for each pair of files, what is wrong or "good"; a time-stamp in it is
 * verified too, and counted.
 * sign KEY.pem CERT.crt COVERED OUT: a platform for SM2, which pyHanko does not know. */
class Judge {
    public static void main(String[] words) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        if (words[0].equals("sign")) {
            sign(words[1], words[2], words[3], words[4]);
            return;
        }
        for (int i = 1; i + 1 < words.length; i += 2) {
            String said;
            try {
                said = verify(read(words[i]), read(words[i + 1]));
            } catch (Exception e) {
                said = e.toString();
            }
            System.out.println(words[i] + "\t" + said);
        }
    }

    static byte[] read(String path) throws Exception {
        return Files.readAllBytes(new File(path).toPath());
    }

    @SuppressWarnings("unchecked")
    static String verify(byte[] cms, byte[] covered) throws Exception {
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(covered), cms);
        if (data.getSignerInfos().size() != 1)
            return "not one signer";
        SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
        Store<X509CertificateHolder> certificates = data.getCertificates();
        Collection<X509CertificateHolder> found = certificates.getMatches(signer.getSID());
        if (found.size() != 1)
            return "no certificate";
        X509CertificateHolder certificate = found.iterator().next();
        if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(
                    certificate)))
            return "the signature does not hold";
        String named = named(signer, certificate);
        if (named != null)
            return named;
        AttributeTable unsigned = signer.getUnsignedAttributes();
        Attribute stamp = unsigned == null ? null
                : unsigned.get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        return stamp == null ? "good" : stamped(stamp, signer);
    }

    static String named(SignerInformation signer, X509CertificateHolder certificate)
            throws Exception {
        Attribute attribute =
                signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        if (attribute == null)
            return "no signing-certificate-v2";
        ESSCertIDv2 id = SigningCertificateV2.getInstance(
                attribute.getAttrValues().getObjectAt(0)).getCerts()[0];
        MessageDigest digest = MessageDigest.getInstance(
                id.getHashAlgorithm().getAlgorithm().getId(), "BC");
        return MessageDigest.isEqual(digest.digest(certificate.getEncoded()), id.getCertHash())
                ? null : "another certificate is named";
    }

    @SuppressWarnings("unchecked")
    static String stamped(Attribute attribute, SignerInformation signer) throws Exception {
        TimeStampToken token = new TimeStampToken(
                ContentInfo.getInstance(attribute.getAttrValues().getObjectAt(0)));
        Collection<X509CertificateHolder> found =
                ((Store<X509CertificateHolder>) token.getCertificates()).getMatches(token.getSID());
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(
                found.iterator().next()));
        MessageDigest digest = MessageDigest.getInstance(
                token.getTimeStampInfo().getMessageImprintAlgOID().getId(), "BC");
        return MessageDigest.isEqual(digest.digest(signer.getSignature()),
                token.getTimeStampInfo().getMessageImprintDigest())
                ? "good, stamped" : "the time-stamp is of something else";
    }

    static byte[] pem(String path) throws Exception {
        String text = new String(read(path), "US-ASCII").replaceAll("-----[^-]*-----|\\s", "");
        return Base64.getDecoder().decode(text);
    }

    static void sign(String key, String certificate, String covered, String out) throws Exception {
        PrivateKey priv = KeyFactory.getInstance("EC", "BC")
                .generatePrivate(new PKCS8EncodedKeySpec(pem(key)));
        X509CertificateHolder holder = new X509CertificateHolder(pem(certificate));
        ESSCertIDv2 id = new ESSCertIDv2(new AlgorithmIdentifier(GMObjectIdentifiers.sm3),
                MessageDigest.getInstance("SM3", "BC").digest(holder.getEncoded()));
        Attribute named = new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2[] {id})));
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(named);
        CMSAttributeTableGenerator table = parameters -> {
            AttributeTable all = new DefaultSignedAttributeTableGenerator(
                    new AttributeTable(attributes)).getAttributes(parameters);
            return all.remove(PKCSObjectIdentifiers.pkcs_9_at_signingTime)
                    .remove(org.bouncycastle.asn1.cms.CMSAttributes.cmsAlgorithmProtect);
        };
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
                .setSignedAttributeGenerator(table)
                .build(new JcaContentSignerBuilder("SM3WITHSM2").setProvider("BC").build(priv),
                        holder));
        generator.addCertificate(holder);
        CMSSignedData made = generator.generate(new CMSProcessableByteArray(read(covered)), false);
        Files.write(new File(out).toPath(), made.getEncoded("DER"));
    }
}

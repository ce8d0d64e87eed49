import java.io.FileInputStream;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Validates many files in one virtual machine: a machine a file would take longer to start than
 * to validate. Arguments: FLAVOUR FILE ...; a line for each: FLAVOUR FILE [CLAUSE-TEST ...]. */
class Validate {
    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 0; i + 1 < words.length; i += 2) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(words[i]);
            if (flavour == PDFAFlavour.NO_FLAVOUR)
                throw new IllegalArgumentException(words[i]);
            try (FileInputStream file = new FileInputStream(words[i + 1]);
                 PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                 PDFAValidator validator =
                         Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                StringBuilder line = new StringBuilder(words[i] + "\t" + words[i + 1]);
                for (Map.Entry<RuleId, Integer> rule : result.getFailedChecks().entrySet())
                    line.append("\t").append(rule.getKey().getClause()).append("-")
                            .append(rule.getKey().getTestNumber());
                if (!result.isCompliant() && result.getFailedChecks().isEmpty())
                    line.append("\tunknown");
                System.out.println(line);
            }
        }
    }
}

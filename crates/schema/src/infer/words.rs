//! What the words of a key say: how careful to be with the values, and which formats to believe.
//! English and Turkish, the latter in the ASCII letters that keys have.

use crate::definition::{AttributeKey, PrivacyClass};
use crate::format::FormatKind;

/// Words and phrases of special categories, and of what opens an account or a person's file.
const SENSITIVE: &str = "\
    health medical disease illness diagnosis diagnoses symptom medication prescription allergy allergies \
    disability disabled blood blood_type pregnant pregnancy genetic dna biometric fingerprint \
    religion religious faith belief denomination ethnicity ethnic race racial caste \
    political politics party_membership union sexual sexuality criminal conviction offence \
    national_id nationalid identity_number id_number id_card identity_card ssn social_security passport \
    driver_license driving_licence tax_number tax_id iban bank_account card credit_card creditcard card_number \
    cardnumber cvv cvc pan password passcode pin secret \
    saglik hastalik tani teshis ilac alerji engelli engel kan kan_grubu gebelik hamile genetik biyometrik \
    parmak_izi din dini mezhep inanc irk etnik koken siyasi parti sendika cinsel sabika mahkumiyet \
    tc tckn tc_no tckimlik kimlik kimlik_no pasaport ehliyet vergi_no kart kart_no sifre parola";

/// Words and phrases that identify or describe a person.
const PERSONAL: &str = "\
    name firstname lastname surname fullname first_name middlename username nickname maiden \
    email mail phone phonenumber telephone tel mobile gsm msisdn fax \
    birth birthday birthdate dob dateofbirth age gender sex female male pronoun \
    marital spouse child children kids dependents household \
    address street avenue apartment postcode postal postalcode zip zipcode ip ipaddress \
    lat latitude lon lng longitude location geolocation coordinates device_id cookie cookie_id advertising_id \
    salary income wage wages earnings balance debt loan mortgage credit wealth \
    job occupation profession employer education nationality citizenship photo avatar signature \
    ad adi isim ismi soyad soyadi adsoyad unvan eposta posta telefon tel_no cep gsm_no \
    dogum yas cinsiyet medeni medeni_hal es esi cocuk adres sokak cadde mahalle posta_kodu konum enlem boylam \
    maas gelir ucret bakiye borc kredi meslek egitim uyruk fotograf imza";

/// Words of numbers that name something and are never summed: their digits stay text.
const NAMING_DIGITS: &str = "\
    phone phonenumber telephone tel mobile gsm msisdn fax zip zipcode postcode postal postalcode \
    national_id nationalid identity_number id_number ssn passport tax_number tax_id iban bank_account account_number \
    card_number cardnumber credit_card creditcard barcode ean gtin isbn imei \
    telefon cep posta_kodu tc tckn tc_no tckimlik kimlik kimlik_no vergi_no kart_no hesap_no barkod";

/// Formats that two or three letters alone could not prove, and the words that speak for them.
const FORMATS: [(FormatKind, &str); 4] = [
    (FormatKind::Country, "country country_code countrycode ulke ulke_kodu"),
    (FormatKind::Language, "language lang locale dil dili"),
    (FormatKind::Currency, "currency currencycode para_birimi doviz"),
    (FormatKind::TimeZone, "time_zone timezone tz zone saat_dilimi"),
];

/// The words of one key, as `_first_name_`.
pub(super) struct KeyWords(String);

impl KeyWords {
    /// The words of a key: parted by underscores, by humps of camelCase, and before and behind digits.
    pub(super) fn of(key: &AttributeKey) -> Self {
        let letters: Vec<char> = key.as_str().chars().collect();
        let mut words = String::from("_");
        for (place, letter) in letters.iter().enumerate() {
            let before = place.checked_sub(1).map_or('_', |before| letters[before]);
            let is_behind_lower = letter.is_ascii_uppercase() && before.is_ascii_lowercase();
            let is_last_capital = letter.is_ascii_uppercase()
                && before.is_ascii_uppercase()
                && letters.get(place + 1).is_some_and(char::is_ascii_lowercase);
            if is_behind_lower || is_last_capital || letter.is_ascii_digit() != before.is_ascii_digit() {
                words.push('_');
            }
            words.push(letter.to_ascii_lowercase());
        }
        words.push('_');
        Self(words)
    }

    /// Whether one of these words or phrases is in the key, at the borders of words.
    fn speak_of(&self, list: &str) -> bool {
        list.split_ascii_whitespace().any(|word| self.0.contains(&format!("_{word}_")))
    }

    /// Whether the digits of a value name something rather than count it.
    pub(super) fn name_by_digits(&self) -> bool {
        self.speak_of(NAMING_DIGITS)
    }

    /// Whether the key speaks for a format; e-mail, phone and URL need no word, their shape speaks.
    pub(super) fn speak_for(&self, kind: FormatKind) -> bool {
        FORMATS.iter().any(|(format, words)| *format == kind && self.speak_of(words))
    }

    /// The privacy class the words ask for.
    pub(super) fn privacy_class(&self) -> PrivacyClass {
        if self.speak_of(SENSITIVE) {
            PrivacyClass::Sensitive
        } else if self.speak_of(PERSONAL) {
            PrivacyClass::Personal
        } else {
            PrivacyClass::Public
        }
    }
}

import { useIntl } from 'react-intl';
import { type LanguageCode, languages } from '../messages';

interface LanguageChoiceProps {
  language: LanguageCode;
  onChoose: (language: LanguageCode) => void;
}

const codes = Object.keys(languages) as LanguageCode[];

export function LanguageChoice({ language, onChoose }: LanguageChoiceProps) {
  const intl = useIntl();
  return (
    <select
      className="console-language"
      aria-label={intl.formatMessage({ id: 'app.language' })}
      value={language}
      onChange={(event) => onChoose(codes.find((code) => code === event.target.value) ?? 'en')}
    >
      {codes.map((code) => (
        <option key={code} value={code} lang={code}>
          {languages[code].name}
        </option>
      ))}
    </select>
  );
}

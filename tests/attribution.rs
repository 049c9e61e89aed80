//! A grammar of attribution, by example: each case is a sentence or a few, with its source `[S …]`, cue `[Q …]` and
//! content `[C …]` marked, and who speaks. A digit tells attributions apart: `[S2 …]`. Marks of punctuation at the ends
//! of a span do not count. A sentence without brackets attributes nothing.

use sayswho::{
    SourceKind, Span,
    attribution::{self, Roles},
    text::Document,
};

/// What is marked, as words: source, cue, content.
type Parts = [Vec<String>; 3];

/// The text without brackets, and the parts that they mark, by digit.
fn unmark(marked: &str) -> (String, Vec<[Vec<Span>; 3]>) {
    let mut text = String::new();
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut parts: Vec<[Vec<Span>; 3]> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let role = match rest.get(..2) {
            Some("[S") => Some(0),
            Some("[Q") => Some(1),
            Some("[C") => Some(2),
            _ => None,
        };
        if let Some(role) = role {
            let digit = rest[2..].chars().next().and_then(|c| c.to_digit(10));
            let (tag, _) = rest.split_once(' ').unwrap_or((rest, ""));
            open.push((digit.map_or(0, |digit| digit as usize - 1), role, text.len()));
            rest = &rest[tag.len() + 1..];
        } else if let (']', Some((index, role, start))) = (c, open.last().copied()) {
            open.pop();
            parts.resize_with(parts.len().max(index + 1), Default::default);
            parts[index][role].push(Span::new(start, text.len()));
            rest = &rest[1..];
        } else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (text, parts)
}

fn words(text: &str, spans: &[Span]) -> Vec<String> {
    let marks: &[char] = &['“', '”', '"', ',', '.', '?', '!', ' ', '‘', '’', ':', '—', ';', '\n'];
    spans.iter().map(|span| span.of(text).trim_matches(marks).to_owned()).filter(|part| !part.is_empty()).collect()
}

fn check(cases: &[(&str, &str, &[&str])]) {
    let mut wrong = Vec::new();
    for &(name, marked, speakers) in cases {
        let (text, parts) = unmark(marked);
        let expected: Vec<Parts> =
            parts.iter().map(|roles| roles.each_ref().map(|spans| words(&text, spans))).collect();
        let found = attribution::find(&Document::new(&text));
        let got: Vec<Parts> =
            found.iter().map(|a| [&a.source, &a.cue, &a.content].map(|spans| words(&text, spans))).collect();
        let who: Vec<&str> = found.iter().map(|a| a.speaker.as_deref().unwrap_or("")).collect();
        if got != expected || who != speakers {
            wrong.push(format!("{name}: {text}\n  expected {expected:?} {speakers:?}\n  got      {got:?} {who:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn indirect_speech() {
    check(&[
        ("that", "[S Ada Moss] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("no that", "[S Ada Moss] [Q said] [C the bridge was safe].", &["Ada Moss"]),
        ("whether", "[S Residents] [Q asked] [C whether the water was clean].", &["residents"]),
        ("present", "[S Ada Moss] [Q says] [C the bridge is safe].", &["Ada Moss"]),
        ("plural", "[S Engineers] [Q say] [C it needs new cables].", &["engineers"]),
        ("perfect", "[S Ada Moss] [Q has said] [C that she will run].", &["Ada Moss"]),
        ("adverb inside", "[S Ada Moss] [Q has repeatedly said] [C that she will run].", &["Ada Moss"]),
        ("negated", "[S Ada Moss] [Q did not say] [C whether she would run].", &["Ada Moss"]),
        ("modal", "[S Ada Moss] [Q would not say] [C whether she would run].", &["Ada Moss"]),
        ("day between", "[S Ada Moss] [Q said] Tuesday [C that the bridge was safe].", &["Ada Moss"]),
        ("day before the verb", "[S Ada Moss] on Wednesday [Q said] [C the bridge was safe].", &["Ada Moss"]),
        ("day alone", "[S Ada Moss] Wednesday [Q said] [C the bridge was safe].", &["Ada Moss"]),
        ("day after a bracket", "[S Ada Moss (D-Ohio)] on Wednesday [Q said] [C it was safe].", &["Ada Moss"]),
        ("later that day", "[S The mayor] later on Monday [Q told] reporters [C that it was safe].", &["the mayor"]),
        ("month before", "[S A study] last month [Q found] [C that trees cool cities].", &["a study"]),
        ("year before", "[S Ada Moss] last year [Q proposed] [C a ban on lorries].", &["Ada Moss"]),
        ("a week inside", "[S A poll conducted last week] [Q found] [C that voters were split].", &["a poll"]),
        ("a day after an apposition", "[S Ada Moss, a farmer,] on Monday [Q said] [C it was safe].", &["Ada Moss"]),
        ("of that", "[S Critics of that idea] [Q said] [C it was unsafe].", &["critics"]),
        ("a date inside", "[S The entry from June 15, 2016] [Q says] [C it was safe].", &["the entry"]),
        ("statement between", "[S Ada Moss] [Q said] in a statement [C that the bridge was safe].", &["Ada Moss"]),
        ("hearer", "[S Ada Moss] [Q told] reporters [C that the bridge was safe].", &["Ada Moss"]),
        ("hearer with article", "[S Ada Moss] [Q told] the council [C that the bridge was safe].", &["Ada Moss"]),
        ("hearer, no that", "[S Ada Moss] [Q told] reporters [C she would run].", &["Ada Moss"]),
        ("to-infinitive", "[S The mayor] [Q promised] [C to repair the bridge].", &["the mayor"]),
        ("vow", "[S The union] [Q vowed] [C to fight the closure].", &["the union"]),
        ("threat", "[S The union] [Q threatened] [C to call a strike].", &["the union"]),
        ("accusation", "[S Moss] [Q accused] [C the builder of cutting corners].", &["Moss"]),
        ("called for", "[S Farmers] [Q called for] [C a ban on the spray].", &["farmers"]),
        ("described as", "[S Moss] [Q described] [C the plan as a giveaway].", &["Moss"]),
        ("criticized", "[S Moss] [Q criticized] [C the plan as a giveaway].", &["Moss"]),
        ("denied", "[S The builder] [Q denied] [C that the steel was weak].", &["the builder"]),
        ("warned that", "[S Engineers] [Q warned] [C that the cables could snap].", &["engineers"]),
        ("argued that", "[S Lawyers] [Q argued] [C that the law was void].", &["lawyers"]),
        ("pointed out", "[S Moss] [Q pointed out] [C that the bridge was old].", &["Moss"]),
        ("explained why", "[S Moss] [Q explained] [C why the bridge had closed].", &["Moss"]),
        ("announced", "[S The agency] [Q announced] [C that ferries would stop].", &["the agency"]),
        ("suggested", "[S Moss] [Q suggested] [C that the plan could wait].", &["Moss"]),
        ("acknowledged", "[S The firm] [Q acknowledged] [C that pipes had leaked].", &["the firm"]),
        ("tweeted", "[S Moss] [Q tweeted] [C that she was fine].", &["Moss"]),
        ("testified", "[S The guard] [Q testified] [C that the gate was open].", &["the guard"]),
    ]);
}

#[test]
fn after_the_content() {
    check(&[
        ("postposed", "[C The bridge was safe], [S Ada Moss] [Q said].", &["Ada Moss"]),
        ("postposed with a day", "[C The bridge was safe], [S Ada Moss] [Q said] Tuesday.", &["Ada Moss"]),
        ("postposed with a place", "[C The bridge was safe], [S Ada Moss] [Q said] in an interview.", &["Ada Moss"]),
        ("inverted", "[C The bridge was safe], [Q said] [S Ada Moss].", &["Ada Moss"]),
        ("inverted, apposition", "[C The bridge was safe], [Q said] [S Ada Moss, a farmer].", &["Ada Moss"]),
        ("inverted, relative", "[C The bridge was safe], [Q said] [S Ada Moss, who built it].", &["Ada Moss"]),
        ("in the middle", "[C The bridge], [S she] [Q said], [C would close].", &[""]),
        ("hearer at the end", "[C The bridge was safe], [S Ada Moss] [Q told] the Herald.", &["Ada Moss"]),
        ("the outlet", "[C The firm hid the leak], [S the Herald] [Q reported].", &["Herald"]),
    ]);
}

#[test]
fn according_to() {
    check(&[
        ("at the end", "[C The bridge was safe], [Q according to] [S Ada Moss].", &["Ada Moss"]),
        ("at the front", "[Q According to] [S Ada Moss], [C the bridge was safe].", &["Ada Moss"]),
        ("no comma", "[C The bridge was safe] [Q according to] [S a survey].", &["a survey"]),
        ("apposition", "[C The bridge was safe], [Q according to] [S Ada Moss, an engineer].", &["Ada Moss"]),
        (
            "three officials",
            "[C The plan is dead], [Q according to] [S three officials briefed on it].",
            &["three officials"],
        ),
        ("not to plan", "Everything went according to plan.", &[]),
        ("reportedly", "[C The firm has] [Q reportedly] [C hired a lawyer].", &[""]),
        ("allegedly", "[C He] [Q allegedly] [C stole the car].", &[""]),
    ]);
}

#[test]
fn direct_quotation() {
    check(&[
        ("cue after", "[C “The bridge is safe,”] [S Ada Moss] [Q said].", &["Ada Moss"]),
        ("cue before", "[S Ada Moss] [Q said], [C “The bridge is safe.”]", &["Ada Moss"]),
        ("colon", "[S Ada Moss] [Q said]: [C “The bridge is safe.”]", &["Ada Moss"]),
        ("straight marks", "[C \"The bridge is safe,\"] [S Ada Moss] [Q said].", &["Ada Moss"]),
        ("inverted", "[C “We lost the harvest,”] [Q said] [S Ada Moss, a farmer].", &["Ada Moss"]),
        ("inverted pronoun", "Ada Moss wept. [C “We lost the harvest,”] [S she] [Q said].", &["Ada Moss"]),
        ("question", "[C “Is the bridge safe?”] [S Ada Moss] [Q asked].", &["Ada Moss"]),
        ("between", "[C “The bridge,”] [S Ada Moss] [Q said], [C “is safe.”]", &["Ada Moss"]),
        (
            "the speech goes on",
            "[C “The bridge is safe,”] [S Ada Moss] [Q said]. [C “We tested it twice in May.”]",
            &["Ada Moss"],
        ),
        ("over sentences", "[C “The bridge is safe. We tested it twice,”] [S Ada Moss] [Q said].", &["Ada Moss"]),
        ("mixed", "[S Ada Moss] [Q said] [C the bridge was “as safe as any in the state”].", &["Ada Moss"]),
        ("whole then hearer", "[C “The bridge is safe,”] [S Ada Moss] [Q told] the Herald.", &["Ada Moss"]),
        ("wrote", "[C “The bridge is safe,”] [S Ada Moss] [Q wrote] in a letter.", &["Ada Moss"]),
        (
            "a paragraph without a cue",
            "[C1 “The bridge is safe,”] [S1 Ada Moss] [Q1 said].\n\n[C2 “We tested it twice in May and once in June.”]",
            &["Ada Moss", "Ada Moss"],
        ),
        ("never closed", "[S Ada Moss] [Q said], [C “The bridge is safe and we tested it twice.]", &["Ada Moss"]),
        (
            "colon, then a paragraph",
            "[S Ada Moss] [Q told] the crowd:\n\n[C “The bridge is as safe as any bridge in the state.”]",
            &["Ada Moss"],
        ),
        ("scare quotes", "The “new” bridge opened in 1932.", &[]),
        ("a title", "Moss starred in “The Old Bridge” in 1932.", &[]),
    ]);
}

#[test]
fn names_that_are_modals_too() {
    check(&[
        ("after the content", "[C “The bridge is safe,”] [S Ada May] [Q said].", &["Ada May"]),
        ("first of all", "[S May] [Q said] [C that the bridge was safe].", &["May"]),
        ("before a name", "[S Will Moss] [Q said] [C that the bridge was safe].", &["Will Moss"]),
        ("after a title", "[S Mrs May] [Q said] [C that the bridge was safe].", &["Mrs May"]),
    ]);
}

#[test]
fn minds_and_wants() {
    check(&[
        ("believe", "[S Engineers] [Q believe] [C that rust weakened the cables].", &["engineers"]),
        ("fear", "[S Residents] [Q fear] [C that the bridge will close].", &["residents"]),
        ("hope to", "[S Moss] [Q hopes] [C to reopen the bridge by May].", &["Moss"]),
        ("want to", "[S The mayor] [Q wants] [C to sell the bridge].", &["the mayor"]),
        ("know that", "[S Residents] [Q know] [C that the bridge is old].", &["residents"]),
        ("concerned", "[S Residents] [Q are concerned] [C that the bridge will close].", &["residents"]),
        ("convinced", "[S Moss] [Q is convinced] [C that the bridge is safe].", &["Moss"]),
        ("expect", "[S Engineers] [Q expect] [C that repairs will take a year].", &["engineers"]),
        ("concern that", "[S Moss] [Q voiced] [C concern that the bridge would close].", &["Moss"]),
        ("whose claim", "The file backs [S Moss’s] [Q claim] [C that the bridge was safe].", &["Moss"]),
        ("rejects a claim", "[S The mayor] [Q dismissed] [C the allegation that the steel was weak].", &["the mayor"]),
        ("refused to", "[S The firm] [Q refused] [C to pay for the repairs].", &["the firm"]),
    ]);
}

#[test]
fn documents_and_data() {
    check(&[
        ("survey found", "[S A survey] [Q found] [C that most drivers were late].", &["a survey"]),
        ("poll showed", "[S The poll] [Q showed] [C that voters were split].", &["the poll"]),
        ("records show", "[S Court records] [Q show] [C that the firm was fined].", &["Court records"]),
        ("study suggests", "[S A new study] [Q suggests] [C that rust is the cause].", &["a new study"]),
        ("report concluded", "[S The report] [Q concluded] [C that the cables were weak].", &["the report"]),
        ("documents reveal", "[S The documents] [Q reveal] [C that the firm knew].", &["the documents"]),
    ]);
}

#[test]
fn sources() {
    check(&[
        ("title", "[S Sen. Ada Moss] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("title and party", "[S Sen. Ada Moss, D-Ohio,] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("party in brackets", "[S Sen. Ada Moss (D-Ohio)] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("apposition", "[S Ada Moss, a farmer,] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("calling before", "[S Police chief Ada Moss] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("relative", "[S Ada Moss, who built the bridge,] [Q said] [C that it was safe].", &["Ada Moss"]),
        (
            "spokesman for",
            "[S A spokesman for Ada Moss] [Q said] [C that the bridge was safe].",
            &["a spokesman for Ada Moss"],
        ),
        ("the campaign", "[S The Moss campaign] [Q said] [C that the bridge was safe].", &["the Moss campaign"]),
        ("possessive", "[S Moss’s lawyer] [Q said] [C that the bridge was safe].", &["Moss’s lawyer"]),
        ("two officials", "[S Two officials] [Q said] [C that the bridge was safe].", &["two officials"]),
        ("briefed on", "[S Three officials briefed on the plan] [Q said] [C that it was dead].", &["three officials"]),
        ("organisation", "[S The White House] [Q said] [C that the bridge was safe].", &["White House"]),
        ("a name abroad", "[S Ludwig van Aalst] [Q said] [C that the bridge was safe].", &["Ludwig van Aalst"]),
        ("leading phrase", "On Tuesday, [S Ada Moss] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("but", "But [S Ada Moss] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("as for time", "When asked, [S Ada Moss] [Q said] [C that the bridge was safe].", &["Ada Moss"]),
        ("by after a passive", "[C The plan] [Q was rejected] by [S the court].", &["the court"]),
        (
            "shared by two verbs",
            "[S1 [S2 Ada Moss]] [Q1 criticized] [C1 the plan] and [Q2 said] [C2 that it would fail].",
            &["Ada Moss", "Ada Moss"],
        ),
        (
            "shared by a participle",
            "[C1 “It will fail,”] [S1 [S2 Ada Moss]] [Q1 said], [Q2 adding] [C2 that she had warned them].",
            &["Ada Moss", "Ada Moss"],
        ),
    ]);
}

#[test]
fn who_is_meant() {
    check(&[
        ("she", "Ada Moss arrived late. [S She] [Q said] [C that the train had stopped].", &["Ada Moss"]),
        ("he", "John Reed arrived late. [S He] [Q said] [C that the train had stopped].", &["John Reed"]),
        ("she, not he", "Ada Moss met John Reed. [S She] [Q said] [C that the train had stopped].", &["Ada Moss"]),
        (
            "he, past a woman",
            "John Reed arrived late. Ada Moss was on time. [S He] [Q said] [C that the train had stopped].",
            &["John Reed"],
        ),
        ("nobody named", "It rained. [S She] [Q said] [C that the train had stopped].", &[""]),
        ("a man for she", "John Reed arrived late. [S She] [Q said] [C that the train had stopped].", &[""]),
        ("last name", "Ada Moss arrived late. [S Moss] [Q said] [C that the train had stopped].", &["Ada Moss"]),
        ("Ms.", "Ada Moss arrived late. [S Ms. Moss] [Q said] [C that the train had stopped].", &["Ada Moss"]),
        (
            "the senator",
            "Sen. Ada Moss arrived late. [S The senator] [Q said] [C that the train had stopped].",
            &["Ada Moss"],
        ),
        (
            "a name in the headline first",
            "Moss Arrives Late\n\nAda Moss arrived late. [S Moss] [Q said] [C that the train had stopped].",
            &["Ada Moss"],
        ),
        (
            "he added",
            "[S1 John Reed] [Q1 said] [C1 that it was safe]. [C2 “We tested it,”] [S2 he] [Q2 added].",
            &["John Reed", "John Reed"],
        ),
        (
            "they",
            "[S1 Two officials] [Q1 said] [C1 that it was safe]. [S2 They] [Q2 said] [C2 that tests were done].",
            &["two officials", "two officials"],
        ),
    ]);
}

#[test]
fn speech_that_goes_on() {
    check(&[
        (
            "A. “B.”",
            "[S1 Ada Moss] [Q1 said] [C1 that the bridge was safe]. [C2 “We tested it twice in May.”]",
            &["Ada Moss", "Ada Moss"],
        ),
        (
            "two sentences more",
            "[C “It is safe,”] [S Moss] [Q said]. [C “We tested it in May.”] [C “We will test it in June.”]",
            &["Moss"],
        ),
        (
            "then she added",
            "[C1 “It is safe,”] [S1 Ada Moss] [Q1 said]. [C2 “We tested it,”] [S2 she] [Q2 added].",
            &["Ada Moss", "Ada Moss"],
        ),
        (
            "the next speaker takes over",
            "[C1 “It is safe,”] [S1 Ada Moss] [Q1 said]. [C2 “It is not,”] [Q2 said] [S2 John Reed].",
            &["Ada Moss", "John Reed"],
        ),
        (
            "opening mark repeated",
            "[C “The bridge is safe,”] [S Ada Moss] [Q said]. [C “We tested it in May.\n\n“We will test it in June.”]",
            &["Ada Moss"],
        ),
        ("nested", "[C “He said ‘never again’ to us,”] [S Ada Moss] [Q said].", &["Ada Moss"]),
        ("single marks", "[C ‘The bridge is safe,’] [S Ada Moss] [Q said].", &["Ada Moss"]),
        ("a scare quote in speech of nobody", "The “no limits” deal was signed in May.", &[]),
    ]);
}

#[test]
fn transcripts_and_headlines() {
    check(&[
        ("two turns", "[S1 MOSS]: [C1 Is it safe?]\n\n[S2 REED]: [C2 It is safe.]", &["MOSS", "REED"]),
        (
            "a turn of two sentences",
            "[S1 ADA MOSS]: [C1 Is it safe? I ask you.]\n\n[S2 REED]: [C2 It is safe.]",
            &["ADA MOSS", "REED"],
        ),
        ("one alone may be a note", "CLOSED: The bridge is shut on Sunday.", &[]),
        ("a label is no turn", "NOTE: The bridge is closed on Sunday.", &[]),
        ("title case", "[S Mayor Moss] [Q Says] [C Bridge Is Safe]", &["Moss"]),
        ("verb at the end", "[C Bridge Is Safe], [S Mayor Moss] [Q Says]", &["Moss"]),
        ("no verb of speech", "Mayor Moss Opens Bridge", &[]),
    ]);
}

#[test]
fn nouns_that_attribute() {
    check(&[
        ("claims by", "They printed [Q claims] by [S Ada Moss] [C that the bridge was safe].", &["Ada Moss"]),
        (
            "a report that found",
            "It rests on a report [S that] [Q found] [C that the cables were weak].",
            &["a report"],
        ),
        ("a warning from", "Then came a [Q warning] from [S engineers] [C that the cables were weak].", &["engineers"]),
        ("her belief", "[S Ada Moss] [Q spoke of] [C her belief that the bridge was safe].", &["Ada Moss"]),
    ]);
}

#[test]
fn vague_or_nobody() {
    check(&[
        ("it is believed", "It [Q is widely believed] [C that the bridge is haunted].", &[""]),
        ("many", "[S Many] [Q believe] [C that the bridge is haunted].", &["many"]),
        ("some say", "[S Some] [Q say] [C that the bridge is haunted].", &["some"]),
        ("critics", "[S Critics] [Q say] [C the bridge is ugly].", &["critics"]),
        ("supposedly", "[C The firm] [Q supposedly] [C knew of the leak].", &[""]),
        ("nobody", "Nobody believes that the bridge is haunted.", &[]),
        ("no one", "No one thinks that the bridge is haunted.", &[]),
        ("few", "[S Few] [Q believe] [C that the bridge is haunted].", &["few"]),
    ]);
}

#[test]
fn one_name_one_person() {
    check(&[
        (
            "the mayor",
            "Mayor Ada Moss arrived late. [S The mayor] [Q said] [C that the train had stopped].",
            &["Ada Moss"],
        ),
        (
            "the professor",
            "Ada Moss, a professor, arrived late. [S The professor] [Q said] [C that the train had stopped].",
            &["Ada Moss"],
        ),
        (
            "the name behind the office",
            "[S1 The board’s chairman, Henrik Vale,] [Q1 said] [C1 it was old]. [S2 He] [Q2 said] [C2 it was safe].",
            &["Henrik Vale", "Henrik Vale"],
        ),
        (
            "not the other office",
            "Mayor Ada Moss arrived late. [S The governor] [Q said] [C that the train had stopped].",
            &["the governor"],
        ),
        (
            "the last so titled",
            "Sen. Ada Moss met Sen. John Reed. [S The senator] [Q said] [C that it went well].",
            &["John Reed"],
        ),
        (
            "full name, then Dr.",
            "Ada Moss runs the lab. [S Dr. Moss] [Q said] [C that the ice was thin].",
            &["Ada Moss"],
        ),
        (
            "title first, full name later",
            "[S1 Sen. Moss] [Q1 said] [C1 it was safe]. Ada Moss sits for Ohio. [S2 Moss] [Q2 said] [C2 it was new].",
            &["Ada Moss", "Ada Moss"],
        ),
        ("two of one name", "Ada Moss met John Moss. [S Ada Moss] [Q said] [C that it went well].", &["Ada Moss"]),
    ]);
}

#[test]
fn more_ways_to_say_it() {
    check(&[
        ("insisted", "[S Moss] [Q insisted] [C that the bridge was safe].", &["Moss"]),
        ("conceded", "[S Moss] [Q conceded] [C that the bridge was old].", &["Moss"]),
        ("predicted", "[S Moss] [Q predicted] [C that the bridge would fall].", &["Moss"]),
        ("complained", "[S Drivers] [Q complained] [C that the road was shut].", &["drivers"]),
        ("alleged", "[S The lawsuit] [Q alleges] [C that the firm knew].", &["the lawsuit"]),
        ("estimated", "[S The agency] [Q estimated] [C that repairs would cost a million].", &["the agency"]),
        ("ruled", "[S The court] [Q ruled] [C that the law was void].", &["the court"]),
        ("urged to", "[S Moss] [Q urged] drivers [C to stay at home].", &["Moss"]),
        ("asked to", "[S Moss] [Q asked] drivers [C to stay at home].", &["Moss"]),
        ("recalled", "[S Moss] [Q recalled] [C that the bridge had shaken].", &["Moss"]),
        ("maintains", "[S The firm] [Q maintains] [C that it did nothing wrong].", &["the firm"]),
        ("confirmed", "[S Police] [Q confirmed] [C that two men were held].", &["police"]),
        ("will say", "[S Moss] [Q will say] [C that the bridge is safe].", &["Moss"]),
        ("could not say", "[S Moss] [Q could not say] [C whether the bridge was safe].", &["Moss"]),
        ("never said", "[S Moss] [Q never said] [C that the bridge was safe].", &["Moss"]),
        ("speculated", "[S Residents] [Q speculated] [C that the bridge would close].", &["residents"]),
        ("doubt", "[S Engineers] [Q doubt] [C that the cables will hold].", &["engineers"]),
        ("worry", "[S Residents] [Q worry] [C that the bridge will close].", &["residents"]),
        ("intends to", "[S The firm] [Q intends] [C to sell the bridge].", &["the firm"]),
        ("agreed that", "[S Reed] [Q agreed] [C that the bridge was old].", &["Reed"]),
        ("noted", "[S Reed] [Q noted] [C that the bridge was old].", &["Reed"]),
        ("claimed", "[S Reed] [Q claimed] [C that the bridge was new].", &["Reed"]),
        ("replied", "[C “It is new,”] [S Reed] [Q replied].", &["Reed"]),
        ("shouted", "[C “It is falling!”] [S Reed] [Q shouted].", &["Reed"]),
    ]);
}

#[test]
fn no_attribution() {
    check(&[
        ("declined to comment", "She declined to comment.", &[]),
        ("met", "The senator met the governor.", &[]),
        ("signed", "The two signed a contract.", &[]),
        ("all told", "All told, forty people were hurt.", &[]),
        ("spoke for an hour", "Ada Moss spoke for an hour.", &[]),
        ("apologized", "The mayor apologized.", &[]),
        ("drew criticism", "The plan drew criticism.", &[]),
        ("is scheduled", "The vote is scheduled for May.", &[]),
        ("is expected", "The price is expected to rise.", &[]),
        ("the states", "The rules differ from state to state.", &[]),
        ("a report", "The report was published in May.", &[]),
        ("a claim form", "Drivers filled in a claim form.", &[]),
        ("plans as a noun", "The plans for the bridge were lost.", &[]),
        ("calls", "The hotline took ninety calls on Monday.", &[]),
        ("found in", "Divers found a car in the river.", &[]),
        ("I think", "I think the bridge is ugly.", &[]),
        ("said to nobody", "The clock was stopped at noon.", &[]),
        ("like", "Bridges like this one need paint.", &[]),
        ("show", "The show begins at eight.", &[]),
        ("empty", "", &[]),
    ]);
}

#[test]
fn vague_sources() {
    for (text, vague) in [
        ("Critics say the bridge is ugly.", true),
        ("Many believe that the bridge is haunted.", true),
        ("Some people say the bridge is ugly.", true),
        ("The firm has reportedly hired a lawyer.", true),
        ("Three experts said the bridge was safe.", false),
        ("Ada Moss said the bridge was safe.", false),
        ("Moss supporters say the bridge is ugly.", false),
        ("The mayor said the bridge was safe.", false),
    ] {
        let found = attribution::find(&Document::new(text));
        assert_eq!(found.iter().map(|a| a.vague).collect::<Vec<_>>(), [vague], "{text}");
    }
}

#[test]
fn roles_are_linked() {
    // The roles alone, as a model gives them: what belongs together is found from where they stand.
    for marked in [
        "[S Ada Moss] [Q said] [C that the bridge was safe].",
        "[C The bridge was safe], [Q said] [S Ada Moss].",
        "[C “The bridge,”] [S Ada Moss] [Q said], [C “is safe.”]",
        "[C “The bridge is safe,”] [S Ada Moss] [Q said]. [C “We tested it.”]",
        "[S1 Moss] [Q1 said] [C1 it was safe], but [S2 Reed] [Q2 said] [C2 it was not].",
        "[C1 It was safe], [S1 Moss] [Q1 said]. [C2 It was not], [S2 Reed] [Q2 said].",
        "[S1 [S2 Moss]] [Q1 said] [C1 it was safe], [Q2 adding] [C2 that tests were done].",
        "[S1 Moss] [Q1 said] [C1 that [S2 she] [Q2 hopes] [C2 to run]].",
        "[S Moss]: [C the bridge was safe].",
    ] {
        let (text, parts) = unmark(marked);
        let mut roles = Roles::default();
        for [source, cue, content] in &parts {
            roles.source.extend(source);
            roles.cue.extend(cue);
            roles.content.extend(content);
        }
        for spans in [&mut roles.source, &mut roles.cue] {
            spans.sort_unstable();
            spans.dedup();
        }
        // One content inside another: the outer one is cut where the inner one begins, as token scores have it.
        roles.content.sort_unstable();
        for k in 1..roles.content.len() {
            let start = roles.content[k].start;
            roles.content[k - 1].end = roles.content[k - 1].end.min(start);
        }
        let found = attribution::from_roles(&Document::new(&text), &roles);
        let got: Vec<Parts> =
            found.iter().map(|a| [&a.source, &a.cue, &a.content].map(|spans| words(&text, spans))).collect();
        let expected: Vec<Parts> =
            parts.iter().map(|roles| roles.each_ref().map(|spans| words(&text, spans))).collect();
        assert_eq!(got, expected, "{marked}");
    }
}

#[test]
fn a_cue_that_no_role_marks_is_the_verb_that_joins_source_and_content() {
    for (text, cue) in [
        ("A state audit found that one bus in five was late.", "found"),
        ("The books were false, the audit later found.", "found"),
        ("The books were false, says a state audit.", "says"),
        ("A state audit, which cost a million and showed little, found that one bus in five was late.", "found"),
        // Nothing that attributes stands between, or only in another sentence.
        ("A state audit: one bus in five was late.", ""),
        ("A state audit came. It found much. One bus in five was late.", ""),
    ] {
        let place = |words: &str| {
            let start = text.to_lowercase().find(words);
            start.map_or(vec![], |start| vec![Span::new(start, start + words.len())])
        };
        let content = if text.contains("books") { "the books were false" } else { "one bus in five was late" };
        let source = if text.contains("the audit") { "the audit" } else { "a state audit" };
        let roles = Roles { source: place(source), content: place(content), ..Roles::default() };
        let found = attribution::from_roles(&Document::new(text), &roles);
        let cues: Vec<_> = found.iter().flat_map(|a| a.cue.iter().map(|span| span.of(text))).collect();
        assert_eq!(cues.join(" "), cue, "{text}");
    }
}

#[test]
fn one_person_is_one_source() {
    let text = "Sen. Ada Moss said that the bridge was safe. Moss said that tests were done. “We are proud of it,” she \
                said. The senator added that it would open in May. Critics say that it is ugly.";
    let summary = sayswho::analyze(text).summary;
    let sources: Vec<_> = summary.sources.iter().map(|source| (source.name.as_str(), source.claims)).collect();
    assert_eq!(sources, [("Ada Moss", 4), ("critics", 1)]);
}

#[test]
fn a_possessive_ends_a_persons_name_and_stands_within_a_groups() {
    for (text, name) in [
        ("The Seafarers' Union said that the ferry was safe.", "Seafarers' Union"),
        ("The Teachers’ Council said that schools would close.", "Teachers’ Council"),
        ("Moss’s brother said that the ferry was safe.", "Moss’s brother"),
    ] {
        let summary = sayswho::analyze(text).summary;
        let names: Vec<_> = summary.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, [name], "{text}");
    }
}

const ARTICLE: &str = "Harbor Bridge “Safe,” Says Mayor\n\nSen. Ada Moss (D-Ohio), who chairs the panel, said on \
    Tuesday that the bridge — closed since May — was “as safe as any.”\n\n“We tested it. Twice,” she told reporters. \
    “Nobody was hurt.\n\n“And nobody will be,” she added.\n\nAccording to three officials briefed on the plan, it \
    'll cost $4.5 million; critics say that's too much, and John Reed, a farmer, isn't convinced it’s needed. “No,” he \
    said, “it's not.”\n\nThe report, published by the Herald, found that “cables” had rusted";

#[test]
fn every_prefix_has_an_answer() {
    for (end, _) in ARTICLE.char_indices().chain([(ARTICLE.len(), ' ')]) {
        let text = &ARTICLE[..end];
        for attribution in attribution::find(&Document::new(text)) {
            assert!(!attribution.content.is_empty(), "{text}");
            for span in attribution.source.iter().chain(&attribution.cue).chain(&attribution.content) {
                assert!(!span.of(text).trim().is_empty(), "{span:?} of {text}");
            }
        }
    }
    assert!(attribution::find(&Document::new(ARTICLE)).len() >= 7);
}

#[test]
fn long_texts_are_cheap() {
    for text in
        ["“It is safe.” he said ".repeat(10_000), "she said that ".repeat(50_000), "Ada Moss, a ".repeat(50_000)]
    {
        let begun = std::time::Instant::now();
        let _ = attribution::find(&Document::new(&text));
        assert!(begun.elapsed().as_secs() < 20);
    }
}

#[test]
fn kinds_of_source() {
    use SourceKind::{Document as Paper, Expert, Group, NewsReport, Official, Participant, Witness};
    let cases = [
        ("A spokesman said the bridge was safe.", Official, false),
        ("Police said the road was closed.", Official, false),
        ("Mayor Ada Moss said the bridge was safe.", Official, true),
        ("Senior officials said the plan was dead.", Official, false),
        ("Researchers said the ice was melting.", Expert, false),
        ("Prof. Ada Moss said the ice was melting.", Expert, true),
        ("A new study found that the ice was melting.", Paper, false),
        ("The indictment says the funds were moved.", Paper, false),
        ("A neighbor said the house was empty.", Witness, false),
        ("The company said it would appeal.", Participant, false),
        ("The Harbor Times reported that the firm hid the leak.", NewsReport, true),
        ("Critics say the plan is a giveaway.", Group, false),
    ];
    let mut wrong = Vec::new();
    for (text, kind, named) in cases {
        let found = attribution::find(&Document::new(text));
        let got: Vec<_> = found.iter().map(|a| (a.source_kind, a.named)).collect();
        if got != [(kind, named)] {
            wrong.push(format!("{text} {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_is_told_of_as_a_person_is_one() {
    let told = [
        ("Oddvar Brekke, who runs a bakery, said trade was slow. He said it was the weather.", "Oddvar Brekke"),
        ("“It is sound,” said Ludmila Varga, the county's chief engineer. She said it would last.", "Ludmila Varga"),
    ];
    for (text, name) in told {
        let analysis = sayswho::analyze(text);
        let speakers: Vec<_> = analysis.attributions.iter().map(|a| a.speaker.as_deref()).collect();
        assert_eq!(speakers, [Some(name); 2], "{text}");
        let person = |kind| !matches!(kind, SourceKind::Document | SourceKind::NewsReport);
        assert!(analysis.attributions.iter().all(|a| person(a.source_kind)), "{text}");
    }
    for text in [
        "Brekke Brothers, a baker's guild, said trade was slow. He said it was the weather.",
        "Harbour Watch, the leading agency, said trade was slow. She said it was the weather.",
    ] {
        let speakers: Vec<_> = sayswho::analyze(text).attributions.iter().map(|a| a.speaker.clone()).collect();
        assert_eq!(speakers.last(), Some(&None), "{text}");
    }
}

#[test]
fn what_a_title_is_of_is_no_part_of_the_name() {
    let text = "Icelandic Prime Minister Ada Moss said the ferry would stay. Moss said it paid for itself. \
                Burger King Holdings said the port was full.";
    let analysis = sayswho::analyze(text);
    let speakers: Vec<_> = analysis.attributions.iter().map(|a| a.speaker.as_deref().unwrap_or("")).collect();
    assert_eq!(speakers, ["Ada Moss", "Ada Moss", "Burger King Holdings"]);
}

/// Only at the beginning of a sentence, and only what the article writes small elsewhere or nowhere.
#[test]
fn a_capital_that_is_there_for_its_place_alone_is_none() {
    for (text, speaker) in [
        ("Residents said the ferry was late.", "residents"),
        ("A vote of Republican leaders is due. Republican leaders said it was late.", "Republican leaders"),
        ("A vote of republican leaders is due. Republican leaders said it was late.", "republican leaders"),
        ("Ferry Sinks As Angry Residents Cheer\n\nResidents said the ferry was late.", "residents"),
        ("IBM engineers said the disk was full.", "IBM engineers"),
    ] {
        let found = sayswho::analyze(text).attributions;
        assert_eq!(found.last().and_then(|a| a.speaker.as_deref()), Some(speaker), "{text}");
    }
}

#[test]
fn a_source_is_of_one_kind_throughout() {
    let text =
        "Ada Moss, a professor of history, said the wall was old. It was built in 1640. Moss said it would stand.";
    let analysis = sayswho::analyze(text);
    let kinds: Vec<_> = analysis.attributions.iter().map(|a| a.source_kind).collect();
    assert_eq!(kinds, [SourceKind::Expert; 2]);
    assert_eq!(analysis.summary.kinds.expert, 2);
    let sources: Vec<_> = analysis.summary.sources.iter().map(|s| (s.name.as_str(), s.kind, s.named)).collect();
    assert_eq!(sources, [("Ada Moss", SourceKind::Expert, true)]);
}

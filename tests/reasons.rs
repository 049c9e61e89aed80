//! What opinion words do: a sentence, and the words in it that must come out, each with its kind.
//!
//! The signals here are all that the lists and patterns find, whoever's words they are and whatever the label: which of
//! them are the writer's own and made the label is the decision's part (`tests/labels.rs`).

use sayswho::{
    SignalKind::{self, *},
    reasons,
    text::Document,
};

/// The signals of the first sentence of `text`.
fn found(text: &str) -> Vec<(String, SignalKind)> {
    let document = Document::new(text);
    reasons::find(&document, 0).into_iter().map(|s| (document.slice(s.span).to_owned(), s.kind)).collect()
}

macro_rules! reasons {
    ($($name:ident: $text:literal => [$(($words:literal, $kind:expr)),* $(,)?];)*) => {$(
        #[test]
        fn $name() {
            let expected: Vec<(String, SignalKind)> = vec![$(($words.to_owned(), $kind)),*];
            assert_eq!(found($text), expected);
        }
    )*};
}

reasons! {
    // Praise and blame
    blame_by_an_adjective: "The ministry published a disastrous plan." => [("disastrous", Evaluation)];
    praise_by_an_adjective: "She gave a masterful speech on Friday." => [("masterful", Evaluation)];
    blame_by_an_adverb: "The council shamefully closed the library." => [("shamefully", Evaluation)];
    blame_by_a_noun: "The debacle cost nine million euros." => [("debacle", Evaluation)];
    blame_by_a_verb_in_any_form: "The board squandered the fund." => [("squandered", Evaluation)];
    a_phrase_counts_as_one: "The budget is a recipe for disaster." => [("recipe for disaster", Evaluation)];
    two_judgements_are_two: "A reckless and cynical vote." => [("reckless", Evaluation), ("cynical", Evaluation)];
    capitals_do_not_hide_it: "DISGRACEFUL scenes at the port." => [("DISGRACEFUL", Evaluation)];
    a_curly_apostrophe_does_not_hide_it: "The minister’s pathetic reply came late." => [("pathetic", Evaluation)];
    a_hyphen_inside_belongs_to_the_word: "It was a self-serving letter." => [("self-serving", Evaluation)];
    a_slap_in_the_face: "The offer is a slap in the face for nurses." => [("slap in the face", Evaluation)];
    no_wonder: "No wonder the shop closed." => [("No wonder", Evaluation)];
    a_far_cry: "It is a far cry from the promise." => [("a far cry from", Evaluation)];

    // Names that judge
    a_name_that_judges: "The thugs marched to the town hall." => [("thugs", LoadedName)];
    so_called: "The so-called experts met in June." => [("so-called", LoadedName)];
    name_of_a_group: "The nanny state has a new rule." => [("nanny state", LoadedName)];
    name_of_an_event: "The charade lasted four hours." => [("charade", LoadedName)];
    smear_campaign: "The smear campaign began in May." => [("smear campaign", LoadedName)];
    dog_whistle: "The advert is a dog whistle." => [("dog whistle", LoadedName)];
    witch_hunt_with_a_hyphen: "The witch-hunt moved to the courts." => [("witch-hunt", LoadedName)];

    // What ought to be done
    it_is_time: "It is time to close the plant." => [("It is time to", Prescription)];
    contracted_it_is_time: "It’s time to close the plant." => [("It’s time to", Prescription)];
    the_time_has_come: "The time has come for a vote." => [("The time has come", Prescription)];
    should_not: "The state should not own a bank." => [("should not", Prescription)];
    must_never: "The town must never forget them." => [("must never", Prescription)];
    ought_to: "The mayor ought to resign." => [("ought to", Prescription)];
    cannot_afford: "The city cannot afford a second bridge." => [("cannot afford", Prescription)];
    long_overdue: "The repair is long overdue." => [("long overdue", Prescription)];
    enough_is_enough: "Enough is enough." => [("Enough is enough", Prescription)];

    // The future as if known
    will_only: "The tax will only hurt the poor." => [("will only", Forecast)];
    will_never: "The line will never open." => [("will never", Forecast)];
    is_bound_to: "The scheme is bound to fail." => [("is bound to", Forecast)];
    is_doomed: "The merger is doomed." => [("is doomed", Forecast)];
    almost_certainly: "The strike will almost certainly spread." => [("will almost certainly", Forecast)];
    only_a_matter_of_time: "A flood is only a matter of time." => [("only a matter of time", Forecast)];
    time_will_tell: "Time will tell." => [("Time will tell", Forecast)];
    paves_the_way: "The ruling paves the way for chaos." => [("paves the way", Forecast)];

    // Motives
    clearly_trying_to: "The governor was clearly trying to distract." => [("clearly trying to", MindReading)];
    in_a_veiled_reference: "In a veiled reference to his rival, he left." => [("In a veiled reference", MindReading)];
    seemed_eager: "He seemed eager to please the crowd." => [("seemed eager", MindReading)];
    desperate_to: "The party is desperate to win." => [("desperate to", MindReading)];
    hell_bent_on: "The board is hell-bent on a sale." => [("hell-bent on", MindReading)];
    refuses_to_admit: "The agency refuses to admit it." => [("refuses to admit", MindReading)];
    under_the_guise_of: "It raised fares under the guise of safety." => [("under the guise of", MindReading)];
    would_have_you_believe: "They would have you believe it." => [("would have you believe", MindReading)];

    // Irony, questions, exclamations
    a_question_in_its_last_clause: "After ten years, who still trusts the plan?" => [("who still trusts the plan?", Irony)];
    an_exclamation: "Then the roof fell in!" => [("Then the roof fell in!", Irony)];
    what_a_waste: "What a waste." => [("What a waste", Irony)];
    so_much_for: "So much for the promise." => [("So much for", Irony)];
    good_luck_with_that: "Good luck with that." => [("Good luck with that", Irony)];
    needless_to_say: "Needless to say, the lift broke." => [("Needless to say", Irony)];

    // Everybody, nobody
    a_people_is_tired: "Americans are tired of waiting." => [("Americans are tired", Generalisation)];
    voters_want: "Voters want a change." => [("Voters want", Generalisation)];
    nobody_trusts: "Nobody trusts the figures." => [("Nobody trusts", Generalisation)];
    everyone_knows: "Everyone knows the ending." => [("Everyone knows", Generalisation)];
    sick_and_tired: "The town is sick and tired." => [("sick and tired", Generalisation)];
    gone_are_the_days: "Gone are the days of cheap bread." => [("Gone are the days", Generalisation)];
    some_people_can_be_counted: "Some voters want a new count." => [];

    // The writer
    i_think: "I think the judge erred." => [("I think", FirstPerson)];
    we_believe: "We believe the law works." => [("We believe", FirstPerson)];
    in_my_view: "The law, in my view, works." => [("in my view", FirstPerson)];
    strikes_me: "It strikes me as a late change." => [("strikes me", FirstPerson)];

    // The reader
    lets_not_forget: "Let’s not forget the bill." => [("Let’s not forget", Address)];
    you_might_think: "You might think the road was closed." => [("You might think", Address)];
    keep_in_mind: "Keep in mind the price." => [("Keep in mind", Address)];
    an_order_to_the_reader: "Visit the museum on a weekday." => [("Visit", Address)];
    a_noun_at_the_start_is_no_order: "Watch sales fell by a tenth." => [];
    dont_be_fooled: "Don’t be fooled by the brochure." => [("Don’t be fooled", Address)];

    // Force
    utterly: "The road is utterly blocked." => [("utterly", Intensifier)];
    without_question: "It is without question the same car." => [("without question", Intensifier)];
    of_all_things_no_doubt: "There is no doubt about the date." => [("There is no doubt", Intensifier)];

    // Strong before weak, and nothing at all
    a_strong_word_hides_the_weak: "The good but appalling film ended." => [("appalling", Evaluation)];
    a_weak_word_alone_is_shown: "The film is good." => [("good", Evaluation)];
    a_fact_has_none: "The bridge opened in 1932." => [];
    a_name_is_no_judgement: "The band played at the Savage Club." => [];
    a_phrase_does_not_run_over_a_mark: "It is time, to be exact, for lunch." => [];
    empty_text: "" => [];
}

#[test]
fn what_a_model_marked_gets_the_kind_that_the_lists_know() {
    let text = "The craven board will only pick another purple roof, and nobody trusts it.";
    let document = Document::new(text);
    let kind = |words: &str| {
        let start = text.find(words).unwrap_or_default();
        reasons::kind_of(&document, sayswho::Span::new(start, start + words.len()))
    };
    assert_eq!(kind("craven").0, Evaluation);
    assert_eq!(kind("craven board").0, Evaluation);
    assert_eq!(kind("will only").0, Forecast);
    assert_eq!(kind("nobody trusts").0, Generalisation);
    assert_eq!(kind("purple roof"), (LoadedWording, "loaded wording"));
    assert_eq!(kind(""), (LoadedWording, "loaded wording"));
}

#[test]
fn a_mark_outside_the_text_is_loaded_wording_and_no_panic() {
    let document = Document::new("Short.");
    assert_eq!(reasons::kind_of(&document, sayswho::Span::new(90, 99)).0, LoadedWording);
}

#[test]
fn every_kind_says_why_in_a_short_phrase() {
    for kind in [
        Evaluation,
        LoadedName,
        Prescription,
        Forecast,
        MindReading,
        Irony,
        Generalisation,
        FirstPerson,
        Address,
        Intensifier,
        LoadedWording,
    ] {
        let why = reasons::why(kind);
        assert!(!why.is_empty() && why.len() < 60 && !why.ends_with('.'), "{kind:?}: {why}");
    }
}

#[test]
fn signals_are_sorted_and_disjoint() {
    let document = Document::new(
        "What a shameful, utterly reckless mob, and who will only, only ever pay for its so-called hero?",
    );
    let signals = reasons::find(&document, 0);
    assert!(signals.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
}

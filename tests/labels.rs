//! What the labels mean, case by case: each ruling of the label guide with sentences that it decides.
//!
//! These are the rules' answers (`analyze` has no model). A case that rules cannot tell is not here.

use sayswho::{Label, analyze};

/// The labels of `text`, in letters: F reported fact, A attributed claim, O opinion, M a claim with the writer's own
/// judgement round it, N none.
fn labels(text: &str) -> String {
    let letter = |sentence: &sayswho::Sentence| match sentence.label {
        Some(Label::ReportedFact) => 'F',
        Some(Label::AttributedClaim) if sentence.mixed => 'M',
        Some(Label::AttributedClaim) => 'A',
        Some(Label::UnattributedOpinion) => 'O',
        None => 'N',
    };
    analyze(text).sentences.iter().map(letter).collect()
}

macro_rules! labels {
    ($($name:ident: $text:literal => $expected:literal;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(labels($text), $expected);
        }
    )*};
}

labels! {
    // Reported fact: who did what, when, how many
    an_event: "The council voted on Tuesday to close two of the town’s schools." => "F";
    a_number: "The factory made 4,200 engines in 2019." => "F";
    a_date: "The bridge opened in 1932." => "F";
    a_strong_fact_is_a_fact: "Forty people were killed when the ferry sank off the coast on Sunday." => "F";
    a_superlative_that_can_be_checked: "It is the largest trade union in Spain." => "F";
    a_place: "The village lies 40 miles north of the capital, near the border." => "F";
    an_action: "Police arrested three men at the airport on Monday night." => "F";
    a_report_of_several_facts: "The storm reached the coast on Monday. Two rivers flooded. The army sent 300 soldiers to the town." => "FFF";

    // Attributed: somebody else's words or mind
    a_quotation: "“We lost the harvest,” said Ada Moss, a farmer." => "A";
    a_quotation_begun_by_its_speaker: "Ada Moss said: “We lost the harvest.”" => "A";
    that_clause: "The minister said that the tunnel would open in May." => "A";
    told_reporters: "Ms. Ortiz told reporters the deal was close." => "A";
    according_to: "According to the ministry, prices rose by a tenth." => "A";
    according_to_at_the_end: "Prices rose by a tenth, according to the ministry." => "A";
    argued: "The union argued that the pay rise was too small." => "A";
    denied: "The company denied that it had known of the leak." => "A";
    accused_of: "The senator accused the bank of hiding its losses." => "A";
    announced: "The airline announced it would cut 300 jobs." => "A";
    hopes_to: "Ms. Lind hopes to win the seat in the autumn." => "A";
    fears_of_voters: "Many voters fear that taxes will rise." => "A";
    believes: "The White House believes the talks have failed." => "A";
    a_poll: "The survey found that six in ten drivers had used a phone at the wheel." => "A";
    a_study: "The study found that the drug halves the risk of a stroke." => "A";
    documents: "Court documents show that the firm had known since 2014." => "A";
    critics: "Critics say the law goes too far." => "A";
    vague_many: "Many experts believe the bank will raise rates." => "A";
    an_opinion_in_somebodys_mouth: "“This is a shameful, disastrous plan,” Mr. Okafor said." => "A";
    a_forecast_in_somebodys_mouth: "Economists said the slump would only get worse." => "A";

    // The bare act of speech
    met: "The senator met the governor in March." => "F";
    signed: "The two companies signed a contract worth $4 million in 2011." => "F";

    // Continuations
    a_quotation_over_two_sentences: "“We lost the harvest. We lost the house,” said Ada Moss." => "AA";
    a_quotation_goes_on_after_its_speaker: "“We lost the harvest,” said Ada Moss. “We lost the house.”" => "AA";
    a_quotation_goes_on_in_the_next_paragraph: "“We lost the harvest,” said Ada Moss.\n\n“The house went in the flood. Nobody came.”" => "AAA";

    // Opinion: evaluation
    shameful: "It was a shameful and cowardly decision, and the mayor knows it." => "O";
    disastrous: "This disastrous, reckless policy has failed again." => "O";
    masterful: "It is a brilliant, moving and beautifully written novel." => "O";
    radical_mob: "A radical mob of hypocrites and liars now runs the party." => "O";

    // Opinion: prescription
    must: "Congress must act now to end this madness." => "O";
    should: "We should all be ashamed of what has been done in our name." => "O";
    it_is_time: "It is time to stop pretending that this is normal." => "O";

    // Opinion: forecast as if known
    will_only: "This will only make things worse for the very people it claims to help." => "O";
    no_doubt: "The next government will no doubt make the same foolish mistake." => "O";

    // Opinion: motives
    clearly_trying: "He is clearly trying to distract us from his own failures." => "O";

    // Opinion: irony, questions, exclamations, the reader
    rhetorical_question: "Why would anyone believe a word that these people say?" => "O";
    another_rhetorical_question: "How many more lies are we supposed to swallow?" => "O";
    exclamation: "What a shameful waste!" => "O";
    of_course: "Of course, nobody in power seems to care about the truth." => "O";
    to_the_reader: "You might think that this is a joke, but it is not." => "O";
    let_us: "Let’s not forget who made this mess." => "O";

    // Opinion: generalisation
    americans_are_tired: "Americans are tired of being lied to by politicians." => "O";
    nobody_trusts: "Nobody trusts the media anymore, and nobody should." => "O";

    // Opinion: first person
    i_think: "I think this is the best film of the year." => "O";
    we_believe: "I believe that we need a better way to do this." => "O";

    // Instructions and tips
    a_tip: "Make sure you check your tyres before you go." => "O";
    another_tip: "If you want a quiet beach, you should avoid August." => "O";

    // Corrections beside a claim leave it a claim
    falsely: "The candidate falsely claimed that crime had doubled." => "A";
    without_evidence: "He claimed, without evidence, that the vote had been stolen." => "A";

    // Expectations with no holder, holders
    is_scheduled: "The trial is scheduled for March 3." => "F";
    critics_describe: "Critics described the bill as “a giveaway to landlords”." => "A";
    criticized_as: "The senator criticized the bill as a giveaway to landlords." => "A";
    vowed: "The governor vowed that he would veto the bill." => "A";
    asked_whether: "A reporter asked whether the minister would resign." => "A";

    // One loaded word that wire copy uses
    partisan_name_alone: "Border agents arrested 212 illegal aliens in May." => "F";

    // Possibility that is legal or technical
    legal_could: "The charge carries a sentence of up to 20 years in prison." => "F";

    technical_may: "The virus can pass from bats to people." => "F";
    the_writers_own_could: "This could well be the beginning of the end for a tired, shameless and utterly failed party." => "O";

    // One loaded word that judges
    barbaric: "The punishment is barbaric, cruel and senseless." => "O";
    laughable: "The idea is laughable." => "O";
    controversial_bill: "Parliament passed the controversial bill on Thursday by 211 votes to 180." => "F";

    // The bare act
    apologized: "The chairman apologized on Wednesday." => "F";
    declined_to_comment: "She declined to comment." => "F";
    spoke_for_an_hour: "The president spoke for an hour at the stadium on Sunday." => "F";

    // Minds
    only_the_writer_sees: "The mayor seemed desperate to please, and clearly hoping to distract the crowd." => "O";
    another_only_the_writer_sees: "They do not care about the poor; they only want power." => "O";
    wants: "Ms. Okoye wants to build 400 homes on the site." => "A";

    // Fears that nobody is named as having
    raised_fears: "The sale raised fears of a shortage." => "F";
    amid_concern: "Shares fell 3% on Monday amid concern over the debt." => "F";

    // Fact and claim in one sentence
    both_weigh_the_same: "The fire destroyed nine homes, and the mayor said that 40 people were missing." => "A";

    // Verdicts in the outlet's voice
    an_emphatic_verdict: "The claim is an outrageous, shameless lie." => "O";

    // The judgement is the point, the attribution a detail
    insults_every_voter: "His claim, made with a straight face, is a disgraceful insult to every voter in the state." => "O";
    fact_and_opinion: "The council closed the library in May, a foolish, heartless and utterly short-sighted decision." => "O";
    another_fact_and_opinion: "The bank lost $2 billion in a year, and its arrogant, clueless bosses should be ashamed." => "O";

    // Captions and headings
    a_caption_describes: "A woman walks past a flooded shop in the old town on Monday." => "F";

    // Mixed
    rambling_tirade: "In a rambling, incoherent tirade, Mr. Smith said that taxes would rise." => "M";
    whined: "In a shameful display of ignorance, the senator said that the science was not settled." => "M";

    pathetic: "In a pathetic, rambling reply, the company said that nobody was to blame." => "M";
    neutral_round_a_claim: "In a long speech on Monday, Mr. Smith said that taxes would rise." => "A";

    // Page furniture
    a_byline: "By Jo Pell\n\nThe bridge opened in 1932." => "NF";
    read_more: "The bridge opened in 1932.\n\nRead more" => "FN";
    advertisement: "The bridge opened in 1932.\n\nAdvertisement\n\nIt was closed in 2004 for repairs." => "FNF";
    newsletter: "The bridge opened in 1932.\n\nSign up for our newsletter" => "FN";

    // Who speaks decides, not the words
    the_same_words_by_the_writer: "The plan is a disgraceful, cynical fraud." => "O";
    the_same_words_by_a_speaker: "The plan is a disgraceful, cynical fraud, said Mr. Okafor." => "A";
    a_report_with_an_aside: "The court freed two men on Friday. Their lawyer said they would sue. What a disgrace this whole sorry affair has been!" => "FAO";
}

#[test]
fn an_opinion_says_which_words_made_it_one() {
    let text = "The court freed two men on Friday, March 3. This shameful, reckless verdict is a disgrace!";
    let analysis = analyze(text);
    let opinion = &analysis.sentences[1];
    assert_eq!(opinion.label, Some(Label::UnattributedOpinion));
    let words: Vec<_> = opinion.signals.iter().map(|signal| signal.span.of(text)).collect();
    assert!(words.contains(&"shameful") && words.contains(&"reckless"), "{words:?}");
}

#[test]
fn words_in_a_quotation_are_nobodys_signal_but_the_speakers() {
    let text = "I think it is appalling that he called it “a beautiful, wonderful, heroic, terrific and shameful day”.";
    for sentence in &analyze(text).sentences {
        for signal in &sentence.signals {
            assert!(signal.span.end <= text.find('“').unwrap_or_default(), "{:?}", signal.span.of(text));
        }
    }
}

#[test]
fn scores_sum_to_one_and_the_label_has_the_best() {
    let text = "The bridge opened in 1932. Engineers say it needs new cables. What a shameful waste!";
    for sentence in &analyze(text).sentences {
        let scores = sentence.scores;
        assert!((scores.fact + scores.attributed + scores.opinion - 1.0).abs() < 1e-5);
        assert_eq!(sentence.label, Some(scores.best()));
        assert!((sentence.confidence - scores.of(scores.best())).abs() < 1e-6);
    }
}

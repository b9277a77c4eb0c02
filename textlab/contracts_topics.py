"""The columns, types, keys and row order of the tables of topics."""

from __future__ import annotations

from textlab.contract import CONTRAST, Table, columns

TOPICS: dict[str, Table] = {
    "topics": Table(
        columns("topic:int label rank:int term probability:float frex:float lift:float"),
        key=("topic", "rank"),
    ),
    # A topic's first words by each of three measures; ``by``: probability, frex or lift.
    "topic_words": Table(
        columns("topic:int label by rank:int term value:float"), key=("topic", "by", "rank")
    ),
    "topic_by_document": Table(
        columns("doc_id topic:int share:float low:float high:float"), key=("doc_id", "topic")
    ),
    "topic_by_place": Table(
        columns("place topic:int share:float low:float high:float documents:int reason"),
        key=("place", "topic"),
    ),
    "topic_by_period": Table(
        columns("period topic:int share:float low:float high:float documents:int reason"),
        key=("period", "topic"),
    ),
    # Where a topic is purest: rank 1 is the paragraph that carries it most.
    "topic_passages": Table(
        columns(
            "topic:int rank:int doc_id place file line:int column:int end_line:int end_column:int "
            "raw_start:int raw_end:int para_id share:float tokens:int"
        ),
        key=("topic", "rank"),
    ),
    # The trust card of each topic. ``nearest`` is another topic's number, 0 where there is none.
    "topic_quality": Table(
        columns(
            "topic:int label npmi:float umass:float exclusivity:float prevalence:float low:float "
            "high:float replication:float overlap:float replicates:int nearest:int "
            "nearest_distance:float documents:int places:int reason"
        ),
        key=("topic",),
    ),
    # ``measure``: held_out, npmi, umass, exclusivity, stability, stability_random.
    "topic_selection": Table(
        columns(
            "k:int measure value:float se:float low:float high:float replicates:int chosen:int "
            "reason"
        ),
        key=("k", "measure"),
    ),
    # ``kind``: coefficient or contrast; ``term`` says of what, ``reference`` against which level.
    "topic_effects": Table(
        columns(
            "topic:int label kind term reference estimate:float se:float low:float high:float "
            "low_simultaneous:float high_simultaneous:float estimate_composition:float "
            "low_composition:float high_composition:float low_bootstrap:float "
            "high_bootstrap:float p:float q:float units:int documents:int reason left_out"
        ),
        key=("topic", "kind", "term"),
    ),
    # Which words a group has for a topic more often than the others; n are expected counts.
    "topic_wording": Table(
        columns(
            "topic:int label group term n_target:float n_reference:float per_10k_target:float "
            f"per_10k_reference:float {CONTRAST}"
        ),
        key=("topic", "group", "term"),
        order=("topic", "group", "-log_ratio", "term"),
    ),
    "topic_map": Table(
        columns("topic:int label x:float y:float prevalence:float stress:float"), key=("topic",)
    ),
    # What :func:`textlab.match_topics` gives; it is not published.
    "topic_matches": Table(
        columns("topic_a:int topic_b:int overlap:float"), key=("topic_a", "topic_b")
    ),
    # Topics of fits to one period each. ``event``: continues, birth or death; 0 and "" for none.
    "topic_history": Table(
        columns(
            "period_from topic_from:int label_from period_to topic_to:int label_to overlap:float "
            "event"
        ),
        key=("period_from", "topic_from", "period_to", "topic_to"),
    ),
    # ``sheet``: word_intrusion or topic_intrusion; topic 0 is all topics together.
    "intrusion_scores": Table(
        columns(
            "sheet topic:int label items:int coders:int answers:int unanswered:int correct:int "
            "precision:float low:float high:float guess:float log_odds:float "
            "log_odds_guess:float alpha:float alpha_low:float alpha_high:float reason"
        ),
        key=("sheet", "topic"),
        order=("-sheet", "topic"),
    ),
    "intrusion_answers": Table(
        columns("sheet item:int topic:int coder choice:int shown correct:int log_odds:float"),
        key=("sheet", "item", "coder"),
        order=("-sheet", "item", "coder"),
    ),
    "intrusion_key": Table(
        columns(
            "sheet item:int choice:int shown topic:int label log_share:float intruder:int about"
        ),
        key=("sheet", "item", "choice"),
        order=("-sheet", "item", "choice"),
    ),
}

/// What an index's settings let a search ask for.
public enum SearchLimit: String, Equatable, Sendable {
    case docValueFields = "index.max_docvalue_fields_search"
    case scriptFields = "index.max_script_fields"
}

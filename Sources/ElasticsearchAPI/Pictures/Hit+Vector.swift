public import Indices
internal import JSON

extension SearchResponse.Hit {
    /// The vector that `fields` brought, whether the document holds numbers or base64; nil: there is none, or `_source` lacks it.
    public func vector(_ field: String) -> [Float]? {
        let value = fields?[field]
        return value?.floats ?? value?.array?.first?.floats
    }
}

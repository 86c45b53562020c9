internal import Analysis

extension IndexSettings {
    /// Refuses what only indices of earlier versions may have.
    ///
    /// - Throws: `IndicesError.invalidSetting`.
    func checkForNewIndex() throws(IndicesError) {
        let softDeletes = "index.soft_deletes.enabled"
        if let value = given[softDeletes]?.text, value == "false" {
            throw .invalidSetting(
                key: softDeletes, value: value,
                reason: "Creating indices with soft-deletes disabled is no longer supported. Please do not specify a value for "
                    + "setting [\(softDeletes)].")
        }
        if given["index.mode"]?.text == "lookup", numberOfShards != 1 {
            throw .invalidSetting(
                key: "index.mode", value: "lookup",
                reason: "index with [lookup] mode must have [index.number_of_shards] set to 1 or unset but provided \(numberOfShards)")
        }
    }
}

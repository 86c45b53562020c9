extension CompositePlan {
    /// The order of buckets: by the first source, then by the next among equals; without a value comes first.
    public func precedes(_ left: [BucketKey?], _ right: [BucketKey?]) -> Bool {
        for (index, source) in sources.enumerated() where left[index] != right[index] {
            let isLess =
                switch (left[index], right[index]) {
                case (let a?, let b?): a < b
                case (nil, _): true
                case (_, nil): false
                }
            return isLess == source.isAscending
        }
        return false
    }
}

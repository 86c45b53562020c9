internal import Files
internal import Foundation

/// Tells what has changed in a folder since its index was in step with it.
///
/// A change counts when two scans have seen the same: a file that is still being written, or is away for a moment while it is
/// replaced, is left alone until then.
struct FolderChanges {
    struct Changes: Equatable {
        /// New and changed pictures, and those of which something else is said.
        var pictures: [ImageFolder.File] = []
        /// Paths of pictures that are gone.
        var deleted: [String] = []

        var isEmpty: Bool { pictures.isEmpty && deleted.isEmpty }
    }

    /// What the index is in step with.
    private var known: [String: FileSignature]
    private var previous: [String: FileSignature]
    /// What the last changes were told of.
    private var told: (changed: [String: FileSignature], gone: [String]) = ([:], [])

    init(inStepWith scan: FolderScan) {
        known = scan.signatures
        previous = scan.signatures
    }

    /// - Complexity: O(files).
    mutating func changes(in scan: FolderScan) -> Changes {
        defer { previous = scan.signatures }
        told.changed = scan.signatures.filter { known[$0.key] != $0.value && previous[$0.key] == $0.value }
        told.gone = known.keys.filter { scan.signatures[$0] == nil && previous[$0] == nil && scan.knows($0) }
        var changes = Changes()
        var pictures = Set(told.changed.keys.filter { scan.pictures[$0] != nil })
        for path in told.changed.keys + told.gone {
            if path == FolderScan.fieldsKey {
                pictures.formUnion(scan.pictures.keys)
            } else if (path as NSString).lastPathComponent == Captions.fileName {
                let folder = (path as NSString).deletingLastPathComponent
                pictures.formUnion(scan.pictures.keys.filter { ($0 as NSString).deletingLastPathComponent == folder })
            } else if scan.signatures[path] == nil {
                changes.deleted.append(path)
            }
        }
        changes.pictures = pictures.sorted().compactMap { scan.pictures[$0] }
        changes.deleted.sort()
        return changes
    }

    /// The index is in step with what `changes(in:)` told last.
    mutating func settle() {
        known.merge(told.changed) { $1 }
        for path in told.gone { known[path] = nil }
    }
}

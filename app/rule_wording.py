"""The sentence for each rule that may be broken: what is wrong, and what to do."""

from app.activity_errors import ActivityAheadError, ActivityHeldError, NoMentorOfWardError
from app.errors import (
    AlreadyLearningError,
    AlreadyPairedError,
    AlreadyUndoneError,
    AttendeeNotPairedError,
    CapacityExceededError,
    ContactAfterEndError,
    ContactRepeatedError,
    DraftBrokenError,
    DraftClosedError,
    EditConflictError,
    EmptyPlanError,
    EndsTooEarlyError,
    FollowUpAnsweredError,
    GrantEndedError,
    GrantEndsTooEarlyError,
    GrantOverlapError,
    GuardianNeededError,
    ImportClosedError,
    LabelTakenError,
    LastAdministratorError,
    LaterChangeError,
    LearnsAgainError,
    LeaveRecordedError,
    LikelySamePersonError,
    LinkExpiredError,
    MentorOverfullError,
    MergeBothPairedError,
    MergedIntoItselfError,
    MergeHoldsAccountError,
    MergeRolesOverlapError,
    MergeRolesUnseenError,
    MoveForbiddenError,
    NetworkChangedError,
    NobodyMetError,
    NoConsentError,
    NothingToImportError,
    NoticeChangedError,
    NoWardsError,
    OverlapError,
    PairBeforeStartError,
    PairedUntilError,
    PairEndedError,
    PairEndsTooEarlyError,
    PairPartyEndedError,
    PairPartyPausedError,
    PeriodClosedError,
    PersonMergedError,
    PostNotOpenError,
    RealDataError,
    RepeatedRowError,
    RosterErrorsError,
    RuleBrokenError,
    SameMentorError,
    SelfPairingError,
    SensitiveBasisMissingError,
    SessionHandedOnError,
    SheetRefusedError,
    SignInRefusedError,
    SignInThrottledError,
    SpellEndedError,
    SubstituteBusyError,
    TooManyViewsError,
    TurnRecordedError,
    UndoExpiredError,
    UsernameTakenError,
    WithdrawnBeforeGivenError,
    WrongPasswordError,
)
from app.learning_errors import (
    AlreadyMentorError,
    LinkStaysError,
    MentorLinkClosedError,
    NoConsentInForceError,
    NoMentorThenError,
    NotCompletedError,
    NothingMarkedError,
    NotLearningThenError,
    SkillsMissingError,
    TopicTakenError,
    VneidKnownError,
)
from app.period_errors import (
    NeighbourClosedError,
    NotUndoneError,
    OlderVersionError,
    PeriodDaysError,
    PeriodNotOverError,
    PeriodOpenError,
    TargetNamedTwiceError,
    TargetThereError,
)
from app.request_errors import (
    NotBorderingError,
    RequestAnsweredError,
    RequestDayOverError,
    TooManyForRequestError,
)
from app.role_errors import (
    AlreadyTaggedError,
    HandedOverTooEarlyError,
    HeldThereAlreadyError,
    NothingToHandOverError,
    NotPausedError,
    NotTaggedError,
    PauseBeforeStartError,
    PausesOverlapError,
    SameWardError,
    SubstituteUnfitError,
    WardGoneError,
)
from app.texts import _

RULE_SENTENCES: dict[type[RuleBrokenError], str] = {
    EditConflictError: (
        "Có người vừa sửa mục này. Phần bạn nhập vẫn còn ở dưới; xem nội dung mới rồi lưu lại."
    ),
    OverlapError: (
        "Khoảng ngày này trùng với một khoảng đã ghi. Chọn ngày khác hoặc kết thúc khoảng cũ trước."
    ),
    RepeatedRowError: (
        "Vừa có người ghi đúng mục này cùng lúc với bạn. Mở lại danh sách để xem; nếu vẫn thiếu "
        "thì lưu lại lần nữa."
    ),
    LikelySamePersonError: (
        "Trong xã đã có người cùng họ tên và cùng điện thoại hoặc năm sinh. Chọn một cách ở mục "
        "«Có thể là người này»."
    ),
    GuardianNeededError: (
        "Người từ %(age)s tuổi trở xuống cần người đại diện đồng ý. Nhập họ tên cha, mẹ hoặc người "
        "giám hộ."
    ),
    NoConsentError: "Người này không còn lần đồng ý nào có hiệu lực, không cần ghi rút lại nữa.",
    WithdrawnBeforeGivenError: (
        "Người này đồng ý ngày %(day)s; ngày rút lại không thể trước ngày đó. Chọn ngày khác."
    ),
    SensitiveBasisMissingError: (
        "Nhóm %(groups)s là thông tin nhạy cảm: chọn căn cứ được ghi và ngày của căn cứ, hoặc bỏ "
        "chọn nhóm này."
    ),
    SessionHandedOnError: (
        "Lượt hỗ trợ này đã có người được chuyển cho mentor. Xem ở mục «Chờ chuyển»; nếu chuyển "
        "nhầm thì hoàn tác việc chuyển trước."
    ),
    FollowUpAnsweredError: (
        "Đã có người gọi và ghi câu trả lời rồi, không cần ghi lại. Ghi nhầm thì mở «Việc đã làm» "
        "và bấm Hoàn tác."
    ),
    LearnsAgainError: (
        "Người này đang có tên trong danh sách người học của xã, không cần ghi lại. Mở «Người học» "
        "để xem."
    ),
    AlreadyLearningError: (
        "Người này đang học với mentor %(mentor)s nên không cần chuyển nữa. Có thể nhắn mentor "
        "giúp thêm việc vừa hỏi."
    ),
    PostNotOpenError: (
        "Người trực chưa nhận việc hoặc đã thôi vào ngày %(day)s. Chọn ngày khác hoặc người khác."
    ),
    TurnRecordedError: "Ca trực này đã được ghi rồi.",
    LeaveRecordedError: (
        "Trong những ngày này người trực đã xin nghỉ rồi. Bỏ lần nghỉ cũ trước hoặc chọn ngày khác."
    ),
    SubstituteBusyError: (
        "Người thay không còn rảnh đủ các buổi này. Xem lại danh sách rồi chọn người khác."
    ),
    SpellEndedError: "Vai trò này đã thôi từ ngày %(day)s.",
    EndsTooEarlyError: (
        "Đã có việc được ghi sau ngày này (bắt đầu, ghép cặp hoặc buổi hướng dẫn). Chọn từ ngày "
        "%(earliest)s trở đi; nếu chỉ ghi nhầm thì dùng Hoàn tác."
    ),
    HandedOverTooEarlyError: (
        "Vai trò này bắt đầu ngày %(started_on)s. Chọn ngày bàn giao từ hôm đó trở đi."
    ),
    NothingToHandOverError: (
        "Từ ngày này tài khoản không còn vai trò nào để bàn giao. Chọn ngày sớm hơn."
    ),
    TooManyViewsError: (
        "Đã lưu %(most)s cách xem của danh sách này. Bỏ bớt một cách xem cũ rồi lưu lại."
    ),
    AlreadyTaggedError: "Đã có nhãn này rồi.",
    NotTaggedError: "Không có nhãn này.",
    PauseBeforeStartError: "Vai trò này bắt đầu ngày %(day)s. Chọn ngày nghỉ từ hôm đó trở đi.",
    PausesOverlapError: (
        "Đã ghi tạm nghỉ từ %(first)s đến %(until)s. Chọn ngày khác, hoặc đổi ngày trở lại của lần "
        "nghỉ đó."
    ),
    SubstituteUnfitError: (
        "Người thay không còn giữ vai trò này ở xã, phường, hoặc cũng đang nghỉ. Chọn người khác."
    ),
    NotPausedError: "Người này không còn tạm nghỉ. Mở lại trang để xem tình trạng hiện nay.",
    SameWardError: "Người này đang ở chính xã, phường đó. Chọn xã, phường khác.",
    HeldThereAlreadyError: (
        "Người này đã giữ vai trò này ở xã, phường đó. Thôi vai trò ở một nơi thay vì chuyển."
    ),
    WardGoneError: "Xã, phường này không còn. Chọn xã, phường khác.",
    PairPartyEndedError: "%(name)s đã thôi từ ngày %(day)s nên không ghép được. Chọn người khác.",
    PairPartyPausedError: (
        "%(name)s tạm nghỉ đến ngày %(day)s. Chọn ngày từ hôm đó trở đi hoặc chọn người khác."
    ),
    PairBeforeStartError: (
        "%(name)s tham gia từ ngày %(day)s. Chọn «Kèm từ ngày» từ hôm đó trở đi."
    ),
    AlreadyPairedError: (
        "%(name)s đang học với mentor %(mentor)s. Bỏ chọn người này, hoặc kết thúc cặp đó trước."
    ),
    PairedUntilError: (
        "%(name)s học với mentor %(mentor)s đến ngày %(day)s. Chọn «Kèm từ ngày» từ hôm đó trở đi."
    ),
    CapacityExceededError: (
        "Mentor %(mentor)s đang kèm %(open)s/%(capacity)s người, còn %(room)s chỗ; bạn chọn "
        "%(wanted)s người. Bỏ bớt người học, chọn mentor khác, hoặc sửa sức nhận của mentor trước."
    ),
    DraftClosedError: (
        "Kế hoạch này không còn sửa hay công bố được: đã công bố, đã bỏ, hoặc chưa tính xong. "
        "Mở lại «Lập kế hoạch ghép» để xem."
    ),
    EmptyPlanError: "Kế hoạch không còn bước nào. Lấy lại ít nhất một bước rồi công bố.",
    NetworkChangedError: (
        "Chưa công bố được: từ khi lập kế hoạch, trong phạm vi này đã có người mới, có cặp đổi, "
        "hoặc có người tạm nghỉ. Bấm «Lập lại kế hoạch» rồi xem lại các bước."
    ),
    DraftBrokenError: (
        "Chưa công bố được: các bước đang giữ làm một mentor kèm quá sức nhận. Xem những mentor có "
        "dấu ▲, bỏ bớt một bước hoặc lấy lại bước đã bỏ."
    ),
    MoveForbiddenError: (
        "Hai người này không ghép với nhau được: khác ngôn ngữ, ở xa quá, hoặc mentor đã kèm đủ. "
        "Chọn mentor khác."
    ),
    MentorOverfullError: (
        "Theo các bước đang giữ, mentor này không còn chỗ. Chọn mentor khác hoặc bỏ bớt một bước."
    ),
    SameMentorError: "%(name)s đang học với mentor %(mentor)s rồi. Chọn mentor khác.",
    SelfPairingError: "%(name)s không thể vừa kèm vừa học trong một cặp. Chọn người khác.",
    PersonMergedError: (
        "Hồ sơ của %(name)s đã gộp vào một hồ sơ khác. Mở lại danh sách rồi chọn hồ sơ đó."
    ),
    MergedIntoItselfError: "Đây là cùng một hồ sơ. Chọn hồ sơ khác để gộp.",
    MergeRolesUnseenError: (
        "%(name)s còn vai trò ở xã, phường khác. Nhờ Tỉnh Đoàn gộp hai hồ sơ này."
    ),
    MergeHoldsAccountError: (
        "Cả hai hồ sơ đều gắn với tài khoản đăng nhập. Nhờ quản trị gỡ một hồ sơ khỏi tài khoản "
        "của nó, rồi gộp."
    ),
    MergeRolesOverlapError: (
        "%(name)s giữ cùng một vai trò ở %(ward)s và %(other)s trong cùng thời gian. Ghi thôi một "
        "vai trò, hoặc hoàn tác lần ghi nhầm, rồi gộp."
    ),
    MergeBothPairedError: (
        "Hai hồ sơ có cặp ghép trùng thời gian, hoặc người này kèm người kia. Kết thúc hay hoàn "
        "tác một cặp trước, rồi gộp."
    ),
    PairEndedError: "Cặp này đã kết thúc từ ngày %(day)s.",
    PairEndsTooEarlyError: (
        "Cặp này ghép ngày %(day)s; ngày thôi phải sau ngày đó. Nếu ghép nhầm, mở «Việc đã làm» và "
        "bấm Hoàn tác."
    ),
    ContactAfterEndError: (
        "Hai người còn một buổi hướng dẫn ngày %(day)s. Chọn ngày thôi từ hôm đó trở đi; nếu buổi "
        "đó ghi nhầm thì hoàn tác trước."
    ),
    NobodyMetError: "Chưa chọn ai. Đánh dấu ít nhất một người có mặt.",
    AttendeeNotPairedError: (
        "Có người được chọn không học với mentor này vào ngày %(day)s. Bấm «Xem danh sách ngày "
        "này» rồi chọn lại."
    ),
    ContactRepeatedError: (
        "Buổi ngày %(day)s của mentor %(name)s với đúng những người này đã ghi rồi, không cần ghi "
        "lại."
    ),
    NotBorderingError: "Xã, phường này không giáp ranh với nơi nhờ. Chọn một nơi giáp ranh.",
    RequestAnsweredError: (
        "Lời nhờ này vừa được trả lời, rút lại hoặc đã làm xong. Tải lại trang để xem."
    ),
    RequestDayOverError: "Ngày nhờ đã qua. Từ chối lời nhờ, hoặc báo nơi nhờ gửi lời nhờ mới.",
    TooManyForRequestError: "Lời nhờ này dành cho %(count)s người học. Bỏ bớt người được chọn.",
    SheetRefusedError: "Có ô không khớp với những gì đã ghi. Xem từng ô được đánh dấu rồi sửa.",
    PeriodClosedError: (
        "Kỳ báo cáo %(period)s đã khóa nên không sửa được dòng này. Ghi một dòng mới để điều chỉnh."
    ),
    PeriodNotOverError: (
        "Kỳ này đến hết ngày %(day)s mới kết thúc. Chờ sang ngày hôm sau, hoặc đổi ngày chốt của "
        "kỳ rồi khóa."
    ),
    PeriodOpenError: "Kỳ này đang mở, không cần mở lại.",
    PeriodDaysError: (
        "Mỗi kỳ phải còn ít nhất một ngày, và ngày chốt không sớm hơn ngày đầu. Chọn ngày khác."
    ),
    NeighbourClosedError: (
        "Kỳ %(period)s đã khóa nên không đổi được ngày giáp với kỳ ấy. Mở lại kỳ ấy trước."
    ),
    NotUndoneError: (
        "Việc với kỳ báo cáo không hoàn tác được. Vào trang Kỳ báo cáo để mở lại hoặc đổi ngày."
    ),
    UndoExpiredError: "Việc này đã quá %(days)s ngày nên không hoàn tác được nữa.",
    AlreadyUndoneError: "Việc này đã được hoàn tác trước đó.",
    NoticeChangedError: (
        "Trong lúc bạn xem, nội dung này đã thay đổi hoặc đã có người trả lời. Xem lại rồi mới"
        " trả lời."
    ),
    LaterChangeError: (
        "Chưa hoàn tác được vì đã có thay đổi sau đó dựa vào việc này. Hoàn tác việc mới hơn trước."
    ),
    SignInRefusedError: (
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra lại rồi thử lần nữa; "
        "nếu quên mật khẩu, nhờ quản trị của Tỉnh Đoàn gửi liên kết đặt lại."
    ),
    SignInThrottledError: (
        "Đã nhập sai nhiều lần. Chờ %(minutes)s phút rồi thử lại, "
        "hoặc nhờ quản trị của Tỉnh Đoàn gửi liên kết đặt lại mật khẩu."
    ),
    WrongPasswordError: "Mật khẩu đang dùng chưa đúng. Nhập lại.",
    LinkExpiredError: (
        "Liên kết này đã dùng rồi hoặc đã quá hạn. Nhờ quản trị của Tỉnh Đoàn gửi liên kết mới."
    ),
    UsernameTakenError: "Tên đăng nhập này đã có người dùng. Chọn tên khác.",
    LastAdministratorError: (
        "Đây là quản trị cuối cùng của hệ thống. Cấp vai trò quản trị không giới hạn ngày cho một "
        "tài khoản khác trước (tài khoản đó phải đặt mật khẩu rồi), sau đó làm lại việc này."
    ),
    GrantOverlapError: (
        "Tài khoản đã có vai trò này trong khoảng ngày đó. Chọn ngày khác hoặc kết thúc vai trò cũ."
    ),
    GrantEndsTooEarlyError: "Ngày thôi không thể trước ngày bắt đầu (%(started_on)s).",
    GrantEndedError: (
        "Vai trò này đã có ngày thôi %(ended_on)s nên không kéo dài được. Chọn ngày sớm hơn, hoặc "
        "thêm vai trò mới."
    ),
    LabelTakenError: "Danh mục đã có mục tên như vậy. Chọn tên khác hoặc sửa mục đang có.",
    RealDataError: (
        "Trang này đã có dữ liệu thật nên không nạp dữ liệu mẫu. "
        "Chỉ nạp dữ liệu mẫu vào trang chưa có người và tài khoản nào."
    ),
    NoWardsError: "Chưa có danh sách xã, phường. Chạy lệnh «wards load» trước.",
    RosterErrorsError: (
        "Chưa nhập gì vì %(count)s dòng còn lỗi. Sửa tệp rồi tải lên lại, hoặc chỉ nhập các dòng "
        "đúng."
    ),
    NothingToImportError: "Mọi người trong tệp đã có sẵn, không có gì mới để nhập.",
    NothingMarkedError: "Chưa chọn mức nào. Bấm một mức cho ít nhất một người.",
    NotLearningThenError: (
        "%(name)s không phải là người học vào ngày %(day)s. Chọn ngày khác hoặc bỏ chọn người này."
    ),
    NoMentorThenError: (
        "Ngày %(day)s chưa có mentor: %(names)s. Chọn «Cán bộ Đoàn» hoặc «Người học tự nói», hoặc "
        "bỏ chọn những người này."
    ),
    VneidKnownError: "Điều này đã ghi rồi, không cần ghi lại.",
    SkillsMissingError: (
        "Người này mới tự làm được %(reached)s/%(needed)s kỹ năng. Ghi thêm kỹ năng, hoặc mở «Thôi "
        "học hoặc hoàn thành» nếu vẫn muốn ghi hoàn thành."
    ),
    NotCompletedError: "Chỉ người đã hoàn thành mới trở thành mentor bằng nút này.",
    AlreadyMentorError: "%(name)s đang là mentor rồi.",
    NoConsentInForceError: (
        "%(name)s không còn lần đồng ý nào có hiệu lực. Ghi sự đồng ý trước rồi làm lại."
    ),
    TargetThereError: (
        "Nội dung này đã có chỉ tiêu với hạn %(day)s. Mở chỉ tiêu đó để điều chỉnh, hoặc chọn hạn "
        "khác."
    ),
    OlderVersionError: (
        "Chỉ tiêu đang áp dụng có hiệu lực từ %(day)s. Nhập ngày đó hoặc ngày sau."
    ),
    TargetNamedTwiceError: (
        "Dòng %(row)s đã ghi chỉ tiêu này (cùng địa bàn, nội dung và hạn). Chỉ giữ lại một dòng."
    ),
    TopicTakenError: (
        "Tuần bắt đầu ngày %(day)s đã có chủ đề. Sửa chủ đề đó, hoặc chọn tuần khác."
    ),
    LinkStaysError: (
        "Liên kết đã tắt hoặc đã thay thì không mở lại được. Tạo liên kết mới ở trang của mentor."
    ),
    MentorLinkClosedError: (
        "Liên kết này không còn dùng được. Nhờ Bí thư Đoàn xã, phường gửi liên kết mới."
    ),
    NoMentorOfWardError: (
        "Có người chủ trì không phải là mentor của xã, phường vào ngày %(day)s. Bỏ chọn người đó "
        "hoặc chọn ngày khác."
    ),
    ActivityHeldError: "Hoạt động này đã được ghi là đã diễn ra. Mở hoạt động để sửa số liệu.",
    ActivityAheadError: (
        "Hoạt động này dự kiến ngày %(day)s, chưa tới. Đến ngày đó rồi ghi, hoặc sửa lại ngày."
    ),
    ImportClosedError: "Tệp này đã được nhập hoặc đã bỏ. Tải tệp lên lại nếu cần.",
}


def describe_broken_rule(error: RuleBrokenError) -> str:
    """Return the sentence that says which rule was broken and what to do."""
    return str(_(RULE_SENTENCES[type(error)], **error.details))

"""Words that stand beside a name without being part of it, although they may be capitalised.

"Dear Elena" and "Elena Please" name Elena; "Elena Ferrante" names somebody else. A word that is
missing here only means that a name is left standing and told, so the list errs on that side:
words that are surnames or first names as well ("May", "Grant") are not in it.
"""

from __future__ import annotations

from typing import Final

__all__ = ["PLAIN_WORDS"]

PLAIN_WORDS: Final = frozenset(
    """
    a about above according account accordingly across action actually additionally address after
    afterwards again against agenda agreement all along alongside already also although always am
    among amount an and annual another answer any anyone anything appendix application are around
    article as ask asked assessment assigned assistant at attached attachment attn attorney author
    availability background based basic be because been before behind being below beneath besides
    between beyond birthday body both briefly bullet but by call called can candidate cannot case
    cc certainly chapter claim claimant clause clearly client column comment comments complaint
    conclusion confidential consequently contact contract could counsel customer daily data date
    dear defendant dept despite detail details detective did director do doctor document does done
    down draft during each earlier either else email employee engineer enclosed enquiry especially
    evaluation even eventually every everyone example except exhibit external fact feedback figure
    file final finally first five follow following for form former formerly four friday from
    further furthermore general generally given goal goodbye had has have having he hello hence
    her here hereby hers hey hi him himself his history how however i id identification if
    immediately in include including indeed inform information initial inside instead interim
    internal interview into invoice is issue it item its itself januar january job just keep key
    kind kindly last later latest lawyer lead least legal let letter like likewise line list
    listed local located location logged look lower madam mail main maintenance make manager many
    material maybe me meanwhile medical meet meeting member memo mention mentioned message meta
    method middle might minutes miss monday month monthly more moreover morning most mr mrs ms
    much must mx my name named namely near need needs neither never nevertheless new next nine no
    nobody none nor normally not note noted notes nothing notice notify now number obviously
    occasionally october of off offer officer often oh ok okay old on once one only onto open
    opening opinion or order organizer other otherwise our ours out outside over overall overview
    own owner page paragraph part partner party patient pending per perhaps person personal phase
    phone plaintiff plan please point policy possibly postal preferred prepared previous
    previously prior private probably process professor profile project prof proposal proposed
    provided purpose question quick quote quoted rather re really reason received recently
    recipient record reference referral regarding regardless regards reminder report reported
    request requested require required research respectively respondent response responsible
    result results resume review right role row said same saturday says schedule scheduled
    secondly section see seen select senator sender senior sent september settlement seven
    several shall she should shown sign signature signed similarly simply since sincerely sir six
    so some someone something sometimes soon specifically speaker staff start started statement
    status step still stop street student subject submitted such suddenly summary sunday
    supervisor sure surely table take task tasks teacher team tell ten tenant thank thanks that the
    their them themselves then there therefore thereby these they thing third this those though
    three through throughout thursday thus ticket till timeline title to today together tomorrow
    tonight too topic total toward towards transcript treatment tuesday two type typically under
    underneath unfortunately unit unless unlike until up update updated upon upper urgent us use
    user username usually value various version very via victim view was we wednesday week weekly
    welcome well were what whatever when whenever where whereas whether which while who whoever
    whole whom whose why with within without witness work would year yearly yes yesterday yet you
    your yours yourself
    abstract acknowledged added admin advice advisor agent agreed aged analysis applicant approval
    approve approved architect asks assistance assets available award balance benefit benefits bill
    billing board book booked born branch brief bring brother budget building business buyer
    captain card care cases cell change chief child children cleared clinic code colleague
    company compare completed compliance concerning confirm confirmed consent consider consultant
    contacted coordinator corporate cost court created credit curriculum dad daughter deadline
    debt decision delivery department deputy describe described description desk developer
    diagnosis different discharge discuss discussed division doc documents dob driver due duties
    education effective eight employer employment enrolled entry escalate estate evening event
    evidence examination executive expected experience expert explain explained family father
    field findings finance fyi governor group guardian guest head health helped highlights hired
    home hospital hours human husband identity impact important income individual insurance
    introduction investigator joined journal judge knows lease leave ledger level license loan
    login lord made manages married matter means medication mother motion nationality needed
    nurse objective office onboarding operations organisation organization original outcome
    overdue owes owned owns paid parent participant password pay payment payroll performance
    physician pick position possible practice present president primary principal problem
    procedure processed product professional progress property provider public purchase
    qualifications rate reads receipt recommended records reach refer refers refund register
    registered related relationship remains remember renewal rent repeat reply representative
    residence residents respond resolution rights risk sales salary save scene school
    score secretary security seller send service services session shared shift show side sister
    skills social son sounds source speaks special spoke spouse stage stated states student
    successful suggests suggested supplier support survey suspect suspects symptoms system
    tax technical template terms test text theft training transfer travel trial trustee
    understands unique university vehicle vendor verified visit visited wants warning website
    wife wishes works worked writes wrote
    """.split()
)
"""In lower case."""
